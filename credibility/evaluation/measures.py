"""What is counted when reports are compared with labels: for each task an observation a clipping, and figures of many.

An observation is a Counter with tuples as keys, or for `translation` one line of a ranking. Both can be drawn again and again
from the same clippings, which is how `evaluate` makes its intervals. The label formats stand in docs/evaluation.md.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from credibility.document import Document, Finding, Severity
from credibility.reading.clipping import from_html, from_text
from credibility.report import Report

Row: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[str, ...]
Counts: TypeAlias = Mapping[Key, float]
Figures: TypeAlias = dict[str, Any]

# Languages that no text of a clipping's length tells apart count as one.
_TAKEN_AS = {"hr": "hbs", "sr": "hbs", "bs": "hbs", "id": "idms", "ms": "idms", "nb": "no", "nn": "no"}
# A word; Chinese, Japanese and Korean count by the character.
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(f"[{_ALONE}]|[^\\W{_ALONE}]+")
_LABELS = ("machine", "human_original", "human_translation")


class Ranked(NamedTuple):
    """A clipping in the ranking by probability of machine translation; `flagged`: it has a finding above a note."""

    score: float
    label: str
    language: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A task. `needs`: keys that a labelled row must have; `figures`: of the sum of all observations, or of their list (`ranks`)."""

    needs: tuple[str, ...]
    document: Callable[[Row], Document]
    observe: Callable[[Row, Report], Any]
    figures: Callable[[Any], Figures]
    ranks: bool = False


def pooled(observations: Iterable[Counts]) -> dict[Key, float]:
    """The sum of observations, added up in their order."""
    total: dict[Key, float] = {}
    for counts in observations:
        for key, count in counts.items():
            total[key] = total.get(key, 0) + count
    return total


def ratio(part: float, whole: float) -> float | None:
    """A share to four places; None of nothing.

    >>> ratio(1, 3), ratio(0, 0)
    (0.3333, None)
    """
    return round(part / whole, 4) if whole else None


def harmonic(first: float | None, second: float | None) -> float:
    """The harmonic mean (F1 of precision and recall) to four places; 0.0 where one is missing or 0."""
    return round(2 * first * second / (first + second), 4) if first and second else 0.0


def precision_recall(hits: float, said: float, true: float) -> Figures:
    """Precision and recall of `hits` among what was said and what is true; nothing said has no precision."""
    precision, recall = ratio(hits, said), ratio(hits, true)
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


def _scopes(counts: Counts, name: str) -> list[str]:
    """The second parts of the keys that begin with `name`, in order."""
    return sorted({key[1] for key in counts if key[0] == name})


def _of(report: Report, flag: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.flag == flag]


def _mask(spans: Iterable[tuple[int, int]], length: int) -> bytearray:
    """One byte a character: 1 where a span covers it."""
    mask = bytearray(length)
    for start, end in spans:
        start, end = max(0, start), min(length, end)
        if start < end:
            mask[start:end] = b"\1" * (end - start)
    return mask


def _spans(items: Iterable[Row]) -> list[tuple[int, int]]:
    return [(item["start"], item["end"]) for item in items]


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _text_document(row: Row) -> Document:
    return from_text(row["text"], id=row["id"])


def _taken_as(language: Any) -> Any:
    return _TAKEN_AS.get(language, language)


def _observe_mixed(row: Row, report: Report) -> Counts:
    """Main language, characters of foreign passages, passages named rightly, alarms on clean articles."""
    counts: Counter[Key] = Counter({("articles",): 1, ("article", row["lang"]): 1})
    if _taken_as(report.language) == _taken_as(row["lang"]):
        counts.update([("language",), ("right", row["lang"])])
    if row.get("bucket") == "indistinct":
        return counts
    text, gold, flagged = row["text"], row["spans"], _of(report, "mixed-language")
    found, true = _mask([finding.span for finding in flagged], len(text)), _mask(_spans(gold), len(text))
    ignored = _mask(_spans(row.get("ignore", ())), len(text))
    letters = [i for i, character in enumerate(text) if character.isalpha() and not ignored[i]]
    said, real, hits = (sum(mask[i] for i in letters) for mask in (found, true, bytes(a & b for a, b in zip(found, true, strict=True))))
    alarm = int(said > 0)
    counts["alarms",] += alarm
    if gold:
        counts["mixed",] += 1
        counts["mixed alarms",] += alarm
    else:
        for scope in ("clean", "hard" if set(row.get("hard") or ()) - {"as_found"} else "undecorated"):
            counts["clean", scope] += 1
            counts["false alarms", scope] += alarm
    if said or real:
        for scope in ("all", gold[0]["kind"], row.get("bucket", "?")) if gold else ("all",):
            counts.update({("characters", scope, "hits"): hits, ("characters", scope, "said"): said, ("characters", scope, "true"): real})
    for passage in gold:
        names = [_taken_as(f.evidence.get("language")) for f in flagged if _meet(f.span, (passage["start"], passage["end"]))]
        counts["passages",] += bool(names)
        counts["named",] += _taken_as(passage["lang"]) in names
    return counts


def _mixed_figures(counts: Counts) -> Figures:
    def get(*key: str) -> float:
        return counts.get(key, 0)

    by_language = [(ratio(get("right", of), get("article", of)) or 0.0, of) for of in _scopes(counts, "article") if get("article", of)]
    return {
        "articles": get("articles"),
        "language_accuracy": ratio(get("language"), get("articles")),
        "language_worst": [list(pair) for pair in sorted(by_language)[:5]],
        "is_mixed": precision_recall(get("mixed alarms"), get("alarms"), get("mixed")),
        "characters": {
            of: precision_recall(*(get("characters", of, name) for name in ("hits", "said", "true")))
            for of in _scopes(counts, "characters")
        },
        "language_of_passage": ratio(get("named"), get("passages")),
        "false_alarms_per_1000": {
            of: round(1000 * get("false alarms", of) / get("clean", of), 1) for of in _scopes(counts, "clean") if get("clean", of)
        },
    }


def _observe_statistics(row: Row, report: Report) -> Counts:
    """Figures found, their labels, and those that stand without a named source."""
    said = [(claim.span, claim.label) for claim in report.statistics]
    gold = [((item["start"], item["end"]), item["label"]) for item in row["statistics"]]
    open_said, open_gold = ([span for span, label in items if label != "sourced"] for items in (said, gold))
    here: Counter[str] = Counter(said=len(said), true=len(gold), open_said=len(open_said), open_true=len(open_gold))
    here["said_right"] = sum(any(_meet(span, other) for other, _ in gold) for span, _ in said)
    here["open_said_right"] = sum(any(_meet(span, other) for other in open_gold) for span in open_said)
    confusion: Counter[Key] = Counter()
    for span, label in gold:
        labels = [found for other, found in said if _meet(span, other)]
        here["found"] += bool(labels)
        here["label_right"] += label in labels
        here["exact"] += any(other == span for other, _ in said)
        here["open_found"] += label != "sourced" and any(found != "sourced" for found in labels)
        if labels:
            confusion["confusion", f"{label}->{labels[0]}"] += 1
    here["sources"], here["sources_right"] = _observe_sources(row, report)
    scoped: dict[Key, float] = {("statistics", scope, name): count for scope in ("all", row["lang"]) for name, count in here.items()}
    return {("articles",): 1, **confusion, **scoped}


def _observe_sources(row: Row, report: Report) -> tuple[int, int]:
    """Of figures that labels and report both call sourced: those whose source is labelled, and those where the two sources overlap."""
    labelled = right = 0
    for item in row["statistics"]:
        if item["label"] != "sourced" or not (source := item.get("source_span")):
            continue
        here = [c for c in report.statistics if c.label == "sourced" and _meet(c.span, (item["start"], item["end"]))]
        labelled += bool(here)
        right += any(claim.source is not None and _meet(claim.source, (source["start"], source["end"])) for claim in here)
    return labelled, right


def _statistics_figures(counts: Counts) -> Figures:
    def of(scope: str) -> Figures:
        def get(name: str) -> float:
            return counts.get(("statistics", scope, name), 0)

        precision, recall = ratio(get("said_right"), get("said")), ratio(get("found"), get("true"))
        open_precision, open_recall = ratio(get("open_said_right"), get("open_said")), ratio(get("open_found"), get("open_true"))
        return {
            "statistics": get("true"),
            "detection": {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)},
            "label_accuracy_on_found": ratio(get("label_right"), get("found")),
            "unsourced_or_vague": {"precision": open_precision, "recall": open_recall, "f1": harmonic(open_precision, open_recall)},
            "exact_span_of_found": ratio(get("exact"), get("found")),
            "source_overlap": ratio(get("sources_right"), get("sources")),
        }

    confusion = {pair: counts["confusion", pair] for pair in _scopes(counts, "confusion")}
    return {
        "articles": counts.get(("articles",), 0),
        **{scope: of(scope) for scope in _scopes(counts, "statistics")},
        "confusion": confusion,
    }


def _observe_translation(row: Row, report: Report) -> Ranked:
    flagged = any(finding.severity > Severity.NOTE for finding in _of(report, "machine-translation"))
    return Ranked((report.signals or {}).get("machine_translation") or 0.0, row["label"], row["lang"], flagged)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Probability that a positive scores above a negative, ties counted half; None without either.

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    if not positive or not negative:
        return None
    below = sorted(negative)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in positive) / 2
    return ratio(wins, len(positive) * len(negative))


def recall_at(positive: Sequence[float], negative: Sequence[float], false_share: float) -> float | None:
    """Share of positives above the threshold that at most `false_share` of the negatives pass; None without either."""
    if not positive or not negative:
        return None
    allowed = min(int(false_share * len(negative)), len(negative) - 1)
    threshold = sorted(negative, reverse=True)[allowed]
    return ratio(sum(score > threshold for score in positive), len(positive))


def _translation_figures(ranked: Sequence[Ranked]) -> Figures:
    def of(rows: Sequence[Ranked]) -> Figures:
        machine, original, translated = ([row.score for row in rows if row.label == label] for label in _LABELS)
        human = original + translated
        flagged = Counter(row.label for row in rows if row.flagged)
        sizes = dict(zip(_LABELS, map(len, (machine, original, translated)), strict=True))
        return {
            "articles": sizes,
            "auroc_machine_vs_original": auroc(machine, original),
            "auroc_machine_vs_human_translation": auroc(machine, translated),
            "auroc_machine_vs_all_human": auroc(machine, human),
            "recall_at_1pct_false": recall_at(machine, human, 0.01),
            "recall_at_5pct_false": recall_at(machine, human, 0.05),
            "flagged_share": {label: ratio(flagged[label], size) for label, size in sizes.items()},
        }

    by_language: dict[str, list[Ranked]] = {}
    for row in ranked:
        by_language.setdefault(row.language, []).append(row)
    return {"all": of(ranked), **{language: of(rows) for language, rows in sorted(by_language.items())}}


def _lines_text(row: Row) -> str:
    return "\n".join(line["text"] for line in row["lines"])


def _observe_lines(row: Row, report: Report) -> Counts:
    """Lines and characters taken for boilerplate: a line is, if more than half of it is. Headlines and empty lines do not count."""
    mask = _mask((finding.span for finding in _of(report, "boilerplate")), len(_lines_text(row)))
    here: Counter[str] = Counter()
    start = 0
    for line in row["lines"]:
        size = len(line["text"])
        said = bool(size) and sum(mask[start : start + size]) / size > 0.5
        start += size + 1
        if not size or line.get("headline"):
            continue
        true = line["label"] == "boilerplate"
        here.update(lines=1, right=said == true, hits=said and true, said=said, true=true, size=size)
        here.update(size_hits=size * (said and true), size_said=size * said, size_true=size * true)
    counts: dict[Key, float] = {("articles",): 1, **{(name,): count for name, count in here.items()}}
    if here["size"]:
        counts |= {("pages",): 1, ("share error",): abs(here["size_said"] - here["size_true"]) / here["size"]}
    return counts


def _lines_figures(counts: Counts) -> Figures:
    def get(name: str) -> float:
        return counts.get((name,), 0)

    return {
        "articles": get("articles"),
        "lines": get("lines"),
        "boilerplate_lines": precision_recall(get("hits"), get("said"), get("true")),
        "boilerplate_characters": precision_recall(get("size_hits"), get("size_said"), get("size_true")),
        "line_accuracy": ratio(get("right"), get("lines")),
        "share_mean_absolute_error": ratio(get("share error"), get("pages")),
    }


def _observe_pages(row: Row, report: Report) -> Counts:
    """Words that the page's main text shares with the article, as bags of words."""
    said, gold = (Counter(_WORD.findall(text.casefold())) for text in (report.main_text, row["gold_text"]))
    shared = (said & gold).total()
    precision, recall = shared / max(1, said.total()), shared / max(1, gold.total())
    both = 2 * precision * recall / (precision + recall) if shared else 0.0
    scopes = ("all", row.get("lang") or "?")
    return {
        ("page", scope, name): value
        for scope in scopes
        for name, value in (("pages", 1), ("precision", precision), ("recall", recall), ("f1", both))
    }


def _pages_figures(counts: Counts) -> Figures:
    figures = {}
    for scope in _scopes(counts, "page"):
        if n_pages := counts["page", scope, "pages"]:
            means = {name: round(counts["page", scope, name] / n_pages, 4) for name in ("precision", "recall", "f1")}
            figures[scope] = {"pages": n_pages, **means}
    return figures


MEASURES: Mapping[str, Measure] = {
    "mixed": Measure(("text", "lang", "spans"), _text_document, _observe_mixed, _mixed_figures),
    "statistics": Measure(("text", "lang", "statistics"), _text_document, _observe_statistics, _statistics_figures),
    "translation": Measure(("text", "lang", "label"), _text_document, _observe_translation, _translation_figures, ranks=True),
    "lines": Measure(("lines",), lambda row: from_text(_lines_text(row), id=row["id"]), _observe_lines, _lines_figures),
    "pages": Measure(("html", "gold_text"), lambda row: from_html(row["html"], id=row["id"]), _observe_pages, _pages_figures),
}
