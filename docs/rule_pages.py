"""One page a rule, and their index, made from the rules themselves and from the counts of `rules/alarms.toml`."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from credibility.alarms import Counted, Rate, counted
from credibility.detectors import detectors
from credibility.pack import profile
from credibility.rules import Example, Rule
from credibility.score import scoring

DOCS = Path(__file__).parent
# Examples of one kind that a page shows in each language, and the characters that one may have.
_EXAMPLES, _LONGEST = 3, 400


def by_flag() -> dict[str, dict[str, list[Rule]]]:
    """Every rule by flag and id, in order; a list holds the rule of each language."""
    found: dict[str, dict[str, list[Rule]]] = {}
    for detector in detectors():
        for rule in detector.rules:
            found.setdefault(rule.flag, {}).setdefault(rule.id, []).append(rule)
    return {flag: dict(sorted(of.items())) for flag, of in sorted(found.items())}


def index() -> str:
    """The page docs/rules.md: a table of rules a flag, each with how often it flags a news article."""
    parts = [
        "# Rules\n\nEach rule has a page: what it flags and why, its tested examples, how often it flags ordinary articles, and how to\n"
        "switch it off. The last column counts news articles that nobody complained of: a flag there is not yet a false alarm,\n"
        "since even good papers write figures without a source.\n"
    ]
    for flag, of in by_flag().items():
        weight = scoring().weight(flag)
        parts.append(f"\n## {flag}\n\n{weight.reason} Costs {weight.points:g} points per {weight.per}, at most {weight.cap:g}.\n\n")
        parts.append("| rule | severity | languages | what it says | flags of news articles |\n|---|---|---|---|---|\n")
        parts += [_row(name, same) for name, same in of.items()]
    return "".join(parts)


def _row(name: str, same: Sequence[Rule]) -> str:
    news = next((_rate(of, same) for of in counted() if of.name == "news"), Rate(0, 0))
    share = _percent(news.flagged / news.articles) if news.articles else "not counted"
    cells = (f"[{name}](rules/{name}.md)", same[0].severity.label, _languages(same), _code(same[0].message), share)
    return f"| {' | '.join(cells)} |\n"


def page(name: str, same: Sequence[Rule], siblings: Iterable[str] = ()) -> str:
    """The page of a rule in all its languages. siblings: the rules of its flag."""
    first = same[0]
    parts = [f"# {name}\n\n*{first.severity.label} · {_languages(same)}* · {_links(first.flag, (s for s in siblings if s != name))}\n\n"]
    parts.append(f"## What it says\n\n{_code(first.message)}\n\n## Why\n\n{first.why}\n\n")
    for title, kind, none in (
        ("Flagged", "bad", ""),
        ("Not flagged", "good", ""),
        ("Known misses", "known_misses", "None are written down; a miss that you meet is worth a report.\n"),
    ):
        examples = [example for rule in same for example in _some(getattr(rule, kind))]
        parts.append(f"## {title}\n\n" + ("".join(f"- {_example(example)}\n" for example in examples) or none) + "\n")
    return "".join((*parts, *_alarms(same), *_off(first))).rstrip() + "\n"


def _links(flag: str, others: Iterable[str]) -> str:
    """Where to read on: all rules, the page on how the flag works, the other rules of the flag."""
    links = [f"[all rules](../rules.md#{flag})"]
    if (DOCS / f"{flag}.md").exists():
        links.append(f"[how it works](../{flag}.md)")
    return " · ".join((*links, *(f"[{other.partition('.')[2]}]({other}.md)" for other in others)))


def _alarms(same: Sequence[Rule]) -> Iterator[str]:
    yield "## False alarms\n\n"
    for note in dict.fromkeys(rule.false_alarms for rule in same if rule.false_alarms):
        yield note + "\n\n"
    if not any(_rate(of, same).articles for of in counted()):
        yield "Not counted yet: it is newer than the last count.\n\n"
        return
    yield "How many ordinary articles it flags, rightly or wrongly, of those where it could be assessed:\n\n"
    yield "| counted on | articles | flagged | share | 95% interval |\n|---|---|---|---|---|\n"
    for of in counted():
        rate = _rate(of, same)
        if rate.articles:
            low, high = rate.interval()
            share = _percent(rate.flagged / rate.articles)
            yield f"| {of.about} | {rate.articles:,} | {rate.flagged:,} | {share} | {_percent(low)} to {_percent(high)} |\n"
    yield "\n"


def _off(rule: Rule) -> Iterator[str]:
    weight = scoring().weight(rule.flag)
    yield f"## Score\n\n{rule.flag} costs {weight.points:g} points per {weight.per}, at most {weight.cap:g}. {weight.reason}\n\n"
    yield "## Switch it off\n\n"
    for purpose, language, code in (
        ("For one run", "sh", f"credibility check --ignore {rule.id} clippings/"),
        ("For good, in [`credibility.toml`](../configuration.md)", "toml", f'ignore = ["{rule.id}"]'),
        ("For one finding that may stand, [with its reason](../suppressions.md)", "sh", _suppress(rule.id)),
    ):
        yield f"{purpose}:\n\n```{language}\n{code}\n```\n\n"


def _suppress(rule_id: str) -> str:
    return f'credibility suppress --rule {rule_id} --reason "Checked with the author" clippings/port.txt'


def _rate(of: Counted, same: Sequence[Rule]) -> Rate:
    """How often the rule fires in a set, over its languages."""
    return of.rate(same[0].id, {rule.language for rule in same if rule.language})


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%" if share < 0.1 else f"{100 * share:.1f}%"


def _languages(same: Iterable[Rule]) -> str:
    codes = sorted({rule.language for rule in same if rule.language})
    return ", ".join(name if (name := profile(code).name) != "unknown" else code for code in codes) or "any language"


def _some(examples: Sequence[Example]) -> Iterator[Example]:
    """The first few of each language."""
    seen: dict[str, int] = {}
    for example in examples:
        seen[example.language] = seen.get(example.language, 0) + 1
        if seen[example.language] <= _EXAMPLES:
            yield example


def _example(example: Example) -> str:
    """An example on one line with its marks as ⟦ ⟧; long ones cut."""
    line = " ⏎ ".join(part.strip() for part in example.text.splitlines() if part.strip())
    line = line.replace("[[", "⟦").replace("]]", "⟧")
    return f"{example.language}: {_code(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…')}"


def _code(text: str) -> str:
    """The text as code, so that nothing in it is markup; a bar would end the cell of a table."""
    return f"`{text.replace('`', 'ˋ').replace('|', '¦')}`"
