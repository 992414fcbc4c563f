"""Flags what a careful reader should not take on trust in a news clipping, on the exact words.

>>> import credibility
>>> report = credibility.check("Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le port depuis mars.")
>>> report.language, report.findings[0].quote
('fr', 'Selon les chiffres disponibles')

Nothing is imported before it is used, so that `import credibility` is instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credibility.api import check as check
    from credibility.config import Config as Config
    from credibility.config import Override as Override
    from credibility.document import Document as Document
    from credibility.document import Finding as Finding
    from credibility.document import Severity as Severity
    from credibility.document import Span as Span
    from credibility.frame import check_frame as check_frame
    from credibility.frame import summary_frame as summary_frame
    from credibility.report import Report as Report

    __version__: str

_HOME = {
    "check": "api",
    "check_frame": "frame",
    "summary_frame": "frame",
    "Config": "config",
    "Override": "config",
    "Document": "document",
    "Finding": "document",
    "Report": "report",
    "Severity": "document",
    "Span": "document",
}
__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> Any:
    """A public name, imported from its module when it is first asked for (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("credibility-lint")
    elif name in _HOME:
        value = getattr(import_module(f"credibility.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'credibility' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
