"""What a detector is: something that reads an article and yields findings.

A detector is a frozen, picklable object in a module of `credibility.detectors` (as `DETECTOR`) or of an installed package
that names it under the entry point group `credibility.detectors`.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable

from credibility.document import Finding
from credibility.rules import Rule
from credibility.segment import Article

ASSESSED = "assessed"
NOT_APPLICABLE = "not-applicable"


def not_assessed(reason: str) -> str:
    """The status of a flag that was not looked for, with the reason."""
    return f"not-assessed: {reason}"


@runtime_checkable
class Detector(Protocol):
    """What `check` asks of a detector."""

    @property
    def name(self) -> str:
        """What it is called in errors."""
        ...

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything that it can flag."""
        ...

    def coverage(self, article: Article) -> Mapping[str, str]:
        """For each flag that it looks for: ASSESSED, NOT_APPLICABLE (nothing here to judge) or `not_assessed(reason)`."""
        ...

    def detect(self, article: Article) -> Iterable[Finding]:
        """The findings, in any order, each made by `article.flag`. Not called where no flag is ASSESSED."""
        ...
