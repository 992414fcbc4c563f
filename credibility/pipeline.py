"""Where the steps meet: a document goes in, its report comes out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from credibility.config import DEFAULT, Config
from credibility.detector import ASSESSED, Detector, not_assessed
from credibility.detectors import detectors
from credibility.detectors.phrases import Phrases
from credibility.document import BlockRole, Document, Finding, Source, Statistic
from credibility.errors import DetectorError, UsageError
from credibility.layout.roles import block_roles
from credibility.lexicon import n_words
from credibility.readability import readability
from credibility.report import Report
from credibility.score import covered, penalties, score
from credibility.segment import Article
from credibility.statistics.figures import statistics
from credibility.statistics.sources import sources
from credibility.translation.probability import probability as translation_probability

T = TypeVar("T")

# Questions that people ask of such a tool and that no flag of ours answers.
NEVER_ASSESSED = {
    "truth": not_assessed("whether the claims are true cannot be told from the text alone"),
    "ai-written": not_assessed("no method tells it reliably for a single article"),
    "bias": not_assessed("small models measure topic and outlet instead"),
}


def active(config: Config = DEFAULT) -> tuple[Detector, ...]:
    """The detectors with at least one rule that the configuration wants; phrase rules with its own packs."""
    given = [Phrases(config.rules) if config.rules and isinstance(d, Phrases) else d for d in detectors()]
    if not config.select and not config.ignore:
        return tuple(given)
    return tuple(detector for detector in given if any(config.wants(rule.id) for rule in detector.rules))


def check(
    document: Document,
    config: Config = DEFAULT,
    *,
    using: Sequence[Detector] | None = None,
    on_error: Callable[[DetectorError], None] | None = None,
) -> Report:
    """The report on one document.

    using: the detectors, where the caller keeps them over many documents. on_error: what to do with the error of a
    detector that failed, which names detector and document; the flag is then noted as not assessed. Without it, it raises.
    """
    if document.error:
        return Report(document)
    article = Article(document, language=config.language)
    if config.overrides:
        asked, config = config, config.on(document, article.language)
        if (config.select, config.ignore) != (asked.select, asked.ignore):
            using = None
    guard = _Guard(document, on_error)
    if document.blocks:
        guard.call("credibility.layout.roles.block_roles", partial(_keep_to_main, article), None)
    found: list[Finding] = []
    status: dict[str, str] = {}
    nothing: tuple[Mapping[str, str], list[Finding]] = ({}, [])
    for detector in active(config) if using is None else using:
        coverage, here_found = guard.call(f"detector {detector.name!r}", partial(_run, detector, article), nothing)
        if guard.failure:
            coverage = {rule.flag: not_assessed(guard.failure) for rule in detector.rules}
        found += config.settled(here_found)
        for flag, here in coverage.items():
            if status.get(flag) != ASSESSED:
                status[flag] = here
    findings = tuple(sorted(_once(found), key=lambda finding: finding.order))
    return _report(article, findings, status, config, guard)


def _keep_to_main(article: Article) -> None:
    """Have a page's menus, teasers and notices taken for no prose. Of plain text the model knows too little to leave any out."""
    if main := [role.span for role in article.layer(block_roles) if role.role == "main"]:
        article.keep_to(main)


@dataclass(slots=True)
class _Guard:
    """Keeps what fails from taking the rest with it. failure: what the last call failed with; '' if it did not."""

    document: Document
    on_error: Callable[[DetectorError], None] | None
    failure: str = ""

    def call(self, what: str, compute: Callable[[], T], instead: T) -> T:
        """What `compute` gives; if it fails and there is someone to tell, `instead`."""
        self.failure = ""
        try:
            return compute()
        except UsageError:
            raise  # a broken rule pack is the caller's to mend, not a bug of the detector
        except Exception as cause:
            error = DetectorError(f"{what} failed on {self.document.id!r}: {cause!r}")
            if self.on_error is None:
                raise error from cause
            self.on_error(error)
            self.failure = f"{what} failed: {cause!r}"
            return instead


def _run(detector: Detector, article: Article) -> tuple[Mapping[str, str], list[Finding]]:
    """What a detector looked for, and what it found."""
    coverage = detector.coverage(article)
    return coverage, list(detector.detect(article)) if ASSESSED in coverage.values() else []


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, one for each rule and span: phrase and pattern of one rule may meet on the same words."""
    seen = set()
    for finding in findings:
        if (key := (finding.rule, finding.span)) not in seen:
            seen.add(key)
            yield finding


def _report(article: Article, findings: tuple[Finding, ...], status: dict[str, str], config: Config, guard: _Guard) -> Report:
    """The report that these findings make; a text without a word gets no score."""
    lost = penalties(findings, len(article.text))
    points, grade = score(lost) if article.layer(n_words) else (None, None)
    measured = _measure(article, config, guard)
    return Report(
        document=article.document,
        language=article.language,
        score=points,
        grade=grade,
        penalties=lost,
        signals=_signals(article, findings, measured, config),
        checks=_checks(findings, status, config),
        findings=findings,
        statistics=measured.claims or (),
        sources=measured.sources or (),
        blocks=measured.roles or (),
    )


class _Measured(NamedTuple):
    """What is worked out of an article beside its findings; None where nobody asked for it, or it failed."""

    roles: tuple[BlockRole, ...] | None
    claims: tuple[Statistic, ...] | None
    sources: tuple[Source, ...] | None
    translation: float | None
    readability: float | None


def _measure(article: Article, config: Config, guard: _Guard) -> _Measured:
    """The layers that the report shows, of flags that were selected."""

    def layer(wanted: bool, compute: Callable[[Article], T]) -> T | None:
        return guard.call(f"{compute.__module__}.{compute.__name__}", lambda: article.layer(compute), None) if wanted else None

    return _Measured(
        layer(config.selects("boilerplate"), block_roles),
        layer(config.selects("unsourced-statistic"), statistics),
        layer(any(map(config.selects, ("unsourced-statistic", "vague-source", "single-source"))), sources),
        layer(config.selects("machine-translation"), translation_probability),
        layer(not config.select, readability),
    )


def _checks(findings: tuple[Finding, ...], status: dict[str, str], config: Config) -> dict[str, str]:
    """For every flag: fired, clear, not-applicable, or not-assessed with the reason."""
    fired = {finding.flag for finding in findings}
    checks = {}
    for flag, state in sorted(status.items()):
        if flag in fired:
            checks[flag] = "fired"
        elif not config.wants(flag):
            checks[flag] = not_assessed("not selected")
        else:
            checks[flag] = "clear" if state == ASSESSED else state
    return checks | NEVER_ASSESSED


def _signals(article: Article, findings: tuple[Finding, ...], measured: _Measured, config: Config) -> dict[str, float | None]:
    """The numbers that dashboards count; shares are of characters, 0 to 1. What belongs to a flag not selected is None."""
    total = max(1, covered(block.span for block in article.blocks))
    foreign = covered(finding.span for finding in findings if finding.flag == "mixed-language")
    roles, claims = measured.roles, None if measured.claims is None else [claim.label for claim in measured.claims]
    left_over = None if roles is None else covered(role.span for role in roles if role.role == "boilerplate")
    return {
        "machine_translation": measured.translation,
        "foreign_share": round(min(1.0, foreign / total), 4) if config.selects("mixed-language") else None,
        "boilerplate_share": None if left_over is None else round(min(1.0, left_over / total), 4),
        "statistics": None if claims is None else len(claims),
        "statistics_unsourced": None if claims is None else claims.count("unsourced"),
        "statistics_vague": None if claims is None else claims.count("vague"),
        "words": article.layer(n_words),
        "readability": measured.readability,
    }
