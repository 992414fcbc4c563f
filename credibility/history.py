"""What the rules were in each version, kept in `rules/history.toml`, and what is different now: `credibility rules changed`.

A rule is kept as its severity and, for each language, a digest of what decides what it flags as far as that is data: phrases,
patterns, excuses and examples. Files that many rules read (profiles, cues, marks, weights of models) are kept beside them. Code is
not: where it changes what is flagged, an example changes with it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from credibility.errors import UsageError, nearest
from credibility.pack import build, pack_root, read_toml
from credibility.rules import Rule

# What stands in rules/ and decides nothing: counts, this history, and the prose of cards.
_NO_DATA = frozenset({"alarms.toml", "history.toml", "card.toml"})
_DIGITS = 12
ANY = "any"


@dataclass(frozen=True, slots=True)
class Version:
    """A version's rules (id → severity and digest by language, 'any' for all) and shared files (path → digest)."""

    version: str
    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)


class Change(NamedTuple):
    """'added', 'removed' or 'changed'; a rule's id or a file's path; what changed, '' for what is added or removed."""

    kind: str
    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    """The file as a whole."""

    version: tuple[Version, ...] = ()


def versions() -> tuple[Version, ...]:
    """The versions kept, oldest first."""
    path = pack_root() / "history.toml"
    return build(_File, read_toml(path), str(path)).version


def current(rules: Iterable[Rule], version: str = "") -> Version:
    """The state of these rules, and of the files shipped beside them."""
    kept: dict[str, dict[str, str]] = {}
    for rule in rules:
        here = kept.setdefault(rule.id, {"severity": rule.severity.label})
        here[rule.language or ANY] = _digest(_behaviour(rule))
    ordered = {name: dict(sorted(kept[name].items(), key=lambda item: (item[0] != "severity", item[0]))) for name in sorted(kept)}
    return Version(version, ordered, dict(_data()))


def _behaviour(rule: Rule) -> bytes:
    """What decides what the rule flags, in a form that does not depend on the order in which it is written."""
    examples = [sorted(example.text for example in given) for given in (rule.bad, rule.good, rule.known_misses)]
    parts = [sorted(rule.phrases), sorted(rule.patterns), sorted(rule.unless), *examples]
    return json.dumps(parts, ensure_ascii=True).encode()


def _data() -> Iterator[tuple[str, str]]:
    """The files that are no rules and decide what rules flag: TOML by what it says, so that a comment changes nothing."""
    from credibility.rules import rule_files

    root = pack_root()
    holding_rules = set(rule_files("*"))
    for path in sorted((*root.rglob("*.toml"), *root.rglob("*.npz"))):
        if path.name in _NO_DATA or path in holding_rules:
            continue
        content = path.read_bytes() if path.suffix == ".npz" else json.dumps(read_toml(path), sort_keys=True).encode()
        yield path.relative_to(root).as_posix(), _digest(content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def changes(before: Version, after: Version) -> Iterator[Change]:
    """What is different, rules first, in order of their names."""
    for name in sorted({*before.rules, *after.rules}):
        old, new = before.rules.get(name), after.rules.get(name)
        if old is None or new is None:
            yield Change("removed" if new is None else "added", name)
        elif what := "; ".join(_differences(old, new)):
            yield Change("changed", name, what)
    for name in sorted({*before.data, *after.data}):
        was, now = before.data.get(name), after.data.get(name)
        if was is None or now is None:
            yield Change("removed" if now is None else "added", name)
        elif was != now:
            yield Change("changed", name, _about(Path(name)))


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Severity, languages and what is found, one phrase each."""
    if old["severity"] != new["severity"]:
        yield f"severity {old['severity']} → {new['severity']}"
    ours = {*old, *new} - {"severity"}
    for verb, codes in (
        ("new language", {code for code in ours if code not in old}),
        ("no longer in", {code for code in ours if code not in new}),
        ("phrases or examples in", {code for code in ours if code in old and code in new and old[code] != new[code]}),
    ):
        if codes:
            yield f"{verb} {', '.join(sorted(codes))}".replace(" in any", "")


def _about(path: Path) -> str:
    """What a shared file decides."""
    if path.suffix == ".npz":
        return "the model was trained anew"
    return {"language": "what all flags know of this language", "cues": "words by which leftovers of a page are told"}.get(
        path.stem, "its data"
    )


def since(version: str | None) -> Version:
    """The version of that name; the last one kept if none is given. Raises UsageError for one that is not kept."""
    kept = {one.version: one for one in versions()}
    if version is None and kept:
        return list(kept.values())[-1]
    if version not in kept:
        raise UsageError(f"no version {version!r} is kept; {nearest(version or '', kept)}")
    return kept[version]
