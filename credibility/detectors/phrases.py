"""Phrase rules: what the files `rules/<language>/<flag>.toml` list, matched on the folded text.

All phrases of a language are one pattern in the shape of a trie, tried at the words that one of them begins with. A regular
expression is tried only on sentences that hold one of the literals it requires. So hundreds of rules cost little.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from credibility.detector import ASSESSED, not_assessed
from credibility.document import Finding, Span
from credibility.errors import PackError
from credibility.expressions import refused, required_literals, slowest, trie_pattern
from credibility.labels import among_labels
from credibility.lexicon import WORD, Tokens, all_tokens
from credibility.normalise import fold_pattern, fold_text
from credibility.pack import profile
from credibility.rules import Rule, all_phrase_rules, phrase_flags, phrase_rules
from credibility.segment import Article, Sentence

# A word may follow its elided article («qu'experts»), so an apostrophe is a boundary and letters, digits and marks are not.
_BEFORE = r"(?<![^\W_])"
_AFTER = r"(?![^\W_])"


class _Pattern(NamedTuple):
    """A regular expression of a rule with the literals of which a sentence must hold one to be tried."""

    rule: Rule
    compiled: re.Pattern[str]
    literals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """The compiled phrase rules of one language."""

    rules: tuple[Rule, ...]
    trie: re.Pattern[str]
    by_phrase: Mapping[str, tuple[Rule, ...]]
    prefixes: Mapping[str, tuple[str, ...]]
    firsts: frozenset[str]
    proclitics: tuple[str, ...]
    patterns: tuple[_Pattern, ...]
    excuses: Mapping[str, re.Pattern[str]]

    def hits(self, article: Article) -> Iterator[tuple[Rule, int, int]]:
        """Rule, start and end of every match in the folded text of an article, excuses not yet considered."""
        folded = article.folded.text
        for start in self._starts(article.layer(all_tokens)):
            if hit := self.trie.match(folded, start):
                phrase = hit.group().replace("\n", " ")
                for found in (phrase, *self.prefixes.get(phrase, ())):
                    for rule in self.by_phrase[found]:
                        yield rule, start, start + len(found)
        spans = article.folded_units
        starts = [start for start, _ in spans]
        for pattern in self.patterns:
            for row in _rows(pattern.literals, folded, spans, starts):
                for hit in pattern.compiled.finditer(folded, *spans[row]):
                    if hit.end() > hit.start():
                        yield pattern.rule, hit.start(), hit.end()

    def _starts(self, tokens: Tokens) -> Iterator[int]:
        """Where a phrase may start: at a word that one begins with, or behind a particle that is written onto it."""
        begun = dict.fromkeys(tokens.vocabulary & self.firsts, (0,))
        for word in tokens.vocabulary if self.proclitics else ():
            if word.startswith(self.proclitics):
                behind = (len(particle) for particle in self.proclitics if word.startswith(particle))
                begun[word] = (*begun.get(word, ()), *{at for at in behind if word[at:] in self.firsts})
        for number in tokens.among(begun):
            for at in begun[tokens.words[number]]:
                yield tokens.starts[number] + at


def _rows(literals: tuple[str, ...], folded: str, spans: Sequence[Span], starts: list[int]) -> Iterable[int]:
    """Numbers of the sentences that hold one of the literals, in order; all where there are no literals."""
    if not literals:
        return range(len(spans))
    return sorted({row for literal in literals for row in _rows_with(literal, folded, starts)})


def _rows_with(literal: str, folded: str, starts: list[int]) -> Iterator[int]:
    """Numbers of the sentences that hold the literal, in order."""
    at, last = folded.find(literal), -1
    while at >= 0:
        row = bisect_right(starts, at) - 1
        if row > last:
            yield row
            last = row
        following = starts[row + 1] if row + 1 < len(starts) else len(folded)
        at = folded.find(literal, max(at + 1, following - len(literal) + 1))


def compile_rules(rules: tuple[Rule, ...]) -> Matcher:
    """One matcher for the rules of a language. Raises PackError for a pattern that does not compile or could run away."""
    by_phrase: dict[str, list[Rule]] = defaultdict(list)
    patterns, excuses, firsts = [], {}, set()
    for rule in rules:
        for phrase in (fold_text(phrase).strip() for phrase in rule.phrases):
            if first := WORD.match(phrase):
                by_phrase[phrase].append(rule)
                firsts.add(first.group())
            else:  # «(re)play»: no word to look it up by
                patterns.append(_compile(rule, _BEFORE + trie_pattern([phrase]) + _AFTER))
        patterns += [_compile(rule, pattern) for pattern in rule.patterns]
        if rule.unless:
            excuses[rule.id] = re.compile(_BEFORE + trie_pattern({fold_text(phrase).strip() for phrase in rule.unless}))
    prefixes = {phrase: tuple(p for p in _proper_prefixes(phrase) if p in by_phrase) for phrase in by_phrase}
    return Matcher(
        rules,
        re.compile(trie_pattern(by_phrase) + _AFTER),
        {phrase: tuple(of) for phrase, of in by_phrase.items()},
        {phrase: shorter for phrase, shorter in prefixes.items() if shorter},
        frozenset(firsts),
        tuple(map(fold_text, profile(rules[0].language).proclitics)) if rules else (),
        tuple(patterns),
        excuses,
    )


def _proper_prefixes(phrase: str) -> Iterator[str]:
    """The beginnings of a phrase that end with a word."""
    return (phrase[: hit.start()] for hit in re.finditer(r"(?<=\w)(?!\w)", phrase) if hit.start() < len(phrase))


def _compile(rule: Rule, pattern: str) -> _Pattern:
    """A pattern of a rule, folded. Raises PackError for one that does not compile, matches nothing or could run away."""
    folded = fold_pattern(pattern)
    if reason := refused(folded):
        raise PackError(f"{rule.place}: pattern {pattern!r}{reason}")
    return _Pattern(rule, re.compile(folded), required_literals(folded))


@lru_cache(maxsize=64)
def matcher(language: str, roots: tuple[Path, ...] = ()) -> Matcher:
    """The matcher of a language's phrase rules."""
    return compile_rules(phrase_rules(language, roots))


@lru_cache(maxsize=8)  # a run asks before it begins, and each configuration of it once more
def validate_packs(roots: tuple[Path, ...]) -> None:
    """Loads and compiles every pack of these folders, and tries their patterns on text made to mislead them.

    Raises PackError for the first mistake, before a clipping meets it, and for a folder without rules: misspelt by a letter, it
    would read as one without findings.
    """
    for root in roots:
        languages = sorted({path.parent.name for path in root.glob("*/*.toml")})
        if not languages:
            raise PackError(no_rules(root))
        for language in languages:
            for pattern in matcher(language, roots).patterns:
                ours = pattern.rule.path is not None and pattern.rule.path.is_relative_to(root)
                if ours and (slow := slowest(pattern.compiled, _TRIED)):
                    raise PackError(f"{pattern.rule.place}: pattern {pattern.compiled.pattern!r} {slow}")


def no_rules(root: Path) -> str:
    """What is wrong with a folder of rules that holds none."""
    return f"{root}: there is no rule in it; a rule stands in DIR/<language>/<flag>.toml, like {root}/fr/house-style.toml"


# Characters of the texts that patterns are tried on before a run: in these a cubic pattern takes .1 s, and one that is fit 1 ms.
# `rules test` tries texts as long as a sentence can be.
_TRIED = 400


@dataclass(frozen=True, slots=True)
class Phrases:
    """Finds the phrases of the rule packs. roots: folders with packs of a newsroom's own."""

    roots: tuple[Path, ...] = ()
    name: str = "phrases"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The phrase rules of every language."""
        return all_phrase_rules(self.roots)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Flags of the article's language are assessed; those that only other packs have are not."""
        here = {rule.flag for rule in matcher(article.language or "", self.roots).rules}
        missing = not_assessed(f"no rules for language {article.language!r}" if article.language else "language unknown")
        return {flag: ASSESSED if flag in here else missing for flag in phrase_flags(self.roots)}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each match that no excuse in its sentence covers; a match inside a longer one of its rule is dropped."""
        using = matcher(article.language or "", self.roots)
        view = article.folded
        found: dict[str, list[Span]] = defaultdict(list)
        for rule, start, end in using.hits(article):
            span = view.source(start, end)
            sentence = article.sentence_at(span.start)
            if sentence is None or sentence.block != article.block_at(span.end - 1):
                continue
            # Rules of this name find what a page says of itself; in a list of topics it says nothing of itself.
            if rule.id.endswith(".declared") and among_labels(article, span):
                continue
            if not self._excused(using, rule, article, sentence, span):
                found[rule.id].append(span)
        by_id = {rule.id: rule for rule in using.rules}
        for rule_id, spans in found.items():
            for span in _longest(spans):
                yield article.flag(by_id[rule_id], span)

    def _excused(self, using: Matcher, rule: Rule, article: Article, sentence: Sentence, span: Span) -> bool:
        """Whether one of the rule's excuses stands in the sentence, outside the match itself."""
        if (excuse := using.excuses.get(rule.id)) is None:
            return False
        view = article.folded
        start, end = view.folded(sentence.start), view.folded(max(sentence.end, span.end))
        inside = (view.folded(span.start), view.folded(span.end))
        return any(hit.end() <= inside[0] or hit.start() >= inside[1] for hit in excuse.finditer(view.text, start, end))


def _longest(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans without those that lie inside another one."""
    end = -1
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if span.end > end:
            yield span
            end = span.end


DETECTOR = Phrases()
