"""What tells a finding again after the clipping was edited: its rule, its quotation folded, and which of the same it is."""

from collections import Counter
from hashlib import sha256

from credibility.normalise import fold_text
from credibility.report import Report

# Of a long quotation (a passage, a whole article) the beginning tells it; an edit further on leaves the fingerprint alone.
_CHARACTERS = 200
_DIGITS = 32


def fingerprints(report: Report) -> tuple[str, ...]:
    """A fingerprint for each finding, in their order: 32 hexadecimal digits.

    It rests on the rule, the first 200 characters of the quotation, folded (case, quotation marks, spaces), and the number of
    findings before it with the same two; for a clipping that shares its file with others on its id too. Neither line nor
    offset goes in: edits elsewhere in the clipping change nothing. Two clippings that are files of their own may share one.
    """
    document = report.document
    scope = document.id if document.file_line is not None or document.id != document.path else ""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for finding in report.findings:
        key = (finding.rule, fold_text(finding.quote[:_CHARACTERS]).strip())
        found.append(digest(scope, *key, str(seen[key])))
        seen[key] += 1
    return tuple(found)


def digest(*parts: str) -> str:
    """32 hexadecimal digits for these strings, which no other strings are likely to get."""
    given = "\0".join(part.replace("\0", "\0\0") for part in parts)
    return sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
