"""Regular expressions of rule packs: a trie of phrases, what a pattern requires, and whether it could run away on hostile text."""

import re
import time
from collections.abc import Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

# A pattern sees at most one sentence of 4,000 characters at a time. Ordinary ones take 0.1 ms for that; a quadratic one
# takes 40 and more.
_SLOWEST_SECONDS = 0.02
_SHORTEST = 16


def trie_pattern(phrases: Iterable[str]) -> str:
    """One regular expression for many folded phrases; at each place it matches the longest.

    >>> trie_pattern(["ab", "abc", "ad"])
    'a(?:b(?:c)?|d)'
    """
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for character in phrase:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    """The expression of a node of the trie, unary runs joined (recursion as deep as phrases branch, not as they are long)."""
    ways = []
    for character, child in sorted(node.items()):
        if character:
            run = _escape(character)
            while len(child) == 1 and "" not in child:
                ((character, child),) = child.items()
                run += _escape(character)
            rest = _branch(child) if child.keys() != {""} else ""
            ways.append(run + rest)
    joined = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if "" in node else joined


def _escape(character: str) -> str:
    """A character as it is matched: a space may be a line break of a wrapped paragraph."""
    return "[ \\n]" if character == " " else re.escape(character)


def required_literals(pattern: str) -> tuple[str, ...]:
    """Runs of characters of which every match of the pattern holds at least one, the shortest as long as can be; none if there are none.

    >>> required_literals(r"des (?:dizaines|centaines) de \\w+")
    ('dizaines', 'centaines')
    >>> required_literals(r"\\w+ de|\\d")
    ()
    """
    return _required(sre_parser.parse(pattern))


def _required(parsed: Any) -> tuple[str, ...]:
    """The same for a parsed expression or one of its ways."""
    best: tuple[str, ...] = ()
    run = ""
    for operation, argument in _flat(parsed):
        run = run + chr(argument) if operation is sre.LITERAL else ""
        found: tuple[str, ...] = (run,) if run else ()
        if operation is sre.BRANCH:
            ways = [_required(way) for way in argument[1]]
            found = tuple(literal for way in ways for literal in way) if all(ways) else ()
        best = max(best, found, key=lambda literals: min(map(len, literals), default=0))
    return best


def _flat(parsed: Any) -> Iterator[tuple[Any, Any]]:
    """The operations that every match goes through, groups opened, zero-width ones left out."""
    for operation, argument in parsed:
        if operation is sre.SUBPATTERN and not argument[1] and not argument[2]:
            yield from _flat(argument[3])
        elif operation in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[0] > 0:
            yield from _flat(argument[2])
            yield (None, None)
        elif operation is not sre.AT:
            yield (operation, argument)


def refused(pattern: str) -> str:
    """What is wrong with a folded pattern whatever text it meets, to stand behind it in a sentence; '' if nothing is."""
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        return f": {error}"
    if compiled.match(""):
        return " matches nothing at all, so it would match everywhere"
    if _nested_repeat(sre_parser.parse(pattern)):
        return " repeats a repeat, which can take for ever; bound one, as in {0,30}"
    return ""


def _nested_repeat(parsed: Any, inside: bool = False) -> bool:
    """Whether an unbounded repeat stands inside another: the shape that takes exponential time on hostile text."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            unbounded = argument[1] is sre.MAXREPEAT or argument[1] > 1000
            if (inside and unbounded) or _nested_repeat(argument[2], inside or unbounded):
                return True
        elif operation is sre.SUBPATTERN:
            if _nested_repeat(argument[3], inside):
                return True
        elif operation is sre.BRANCH and any(_nested_repeat(way, inside) for way in argument[1]):
            return True
    return False


def slowest(pattern: re.Pattern[str], longest: int) -> str:
    """How a pattern fails on text made to mislead it, to stand behind it in a sentence; '' if it takes less than 20 ms for each.

    longest: characters of the longest texts, which grow by a quarter: a pattern of cubic time and worse is told from a short one.
    """
    lengths = [_SHORTEST]
    while lengths[-1] < longest:
        lengths.append(min(longest, lengths[-1] * 5 // 4))
    for text in hostile_texts(pattern.pattern, longest):
        for length in lengths:
            seconds = _seconds(pattern, text[:length])
            if seconds > _SLOWEST_SECONDS:  # once more: a machine may be busy
                seconds = min(seconds, *(_seconds(pattern, text[:length]) for _ in range(2)))
            if seconds > _SLOWEST_SECONDS:
                took = f"takes {1000 * seconds:.0f} ms for {length:,} characters of {text[:30]!r}"
                return f"{took}; begin it with a fixed word, and bound what repeats, as in {{0,30}}"
    return ""


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    for _ in compiled.finditer(text):
        pass
    return time.process_time() - started


def hostile_texts(pattern: str, length: int) -> Iterator[str]:
    """Long texts that begin a match over and over and never end one: the pattern's own literals, with what its repeats eat.

    >>> next(hostile_texts("ab", 8))
    'ab ab ab'
    """
    pieces = [piece for piece in _literals(sre_parser.parse(pattern)) if piece.strip()] or ["a"]
    for unit in (" ".join(pieces) + " ", pieces[0] + " ", pieces[0], pieces[0] + " a " + pieces[0] + "1 "):
        yield (unit * (length // len(unit) + 1))[:length]
    yield from ((filler * length)[:length] for filler in ("a", " ", "1", "1 ", "a ", "a, "))


def _literals(parsed: Any) -> Iterator[str]:
    """The literal runs of a pattern, those in groups and alternatives included."""
    run = ""
    for operation, argument in parsed:
        if operation is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        if operation is sre.SUBPATTERN:
            yield from _literals(argument[3])
        elif operation is sre.BRANCH:
            for way in argument[1]:
                yield from _literals(way)
        elif operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield from _literals(argument[2])
    if run:
        yield run
