"""`credibility suppress`: accept findings, with a reason, in a file beside the clippings."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.cli.check import COLUMNS, column_options
from credibility.cli.gates import given_settings, names, setting_options
from credibility.errors import UsageError
from credibility.visible import one_line

if TYPE_CHECKING:
    from credibility.document import Document, Finding
    from credibility.gates.session import Session
    from credibility.report import Report


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--rule", "chosen", multiple=True, callback=names, metavar="FLAGS", help="Accept findings of these flags or rules.")
@click.option("--all", "every", is_flag=True, help="Accept every open finding.")
@click.option("--quote", metavar="WORDS", help="Only findings whose words hold these, whatever their case and quotation marks.")
@click.option("--reason", metavar="TEXT", help="Why they may stand. Needed.")
@click.option("--author", default="", metavar="NAME", help="Who decided so.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day on which this holds, as 2027-01-31.")
@click.option("--prune", is_flag=True, help="Instead, take out entries that expired or fit no finding of PATH any more.")
@setting_options
@column_options
def suppress(
    paths: tuple[str, ...],
    chosen: tuple[str, ...],
    every: bool,
    quote: str | None,
    reason: str | None,
    author: str,
    expires: datetime | None,
    prune: bool,
    config_file: Path | None,
    isolated: bool,
    **options: Any,
) -> None:
    """Accept findings: an entry for each goes into credibility-suppressions.toml, and no limit counts them from then on.

    The clippings stay as they are, and so does what the file holds already. It is the nearest one upwards, the one that
    --suppressions names, or a new one in the working folder.
    """
    from credibility.gates.accept import Reason, accept, take_out
    from credibility.gates.session import Asked, Session
    from credibility.reading.read import ReadOptions, read_paths

    if prune == bool(chosen or every) or (chosen and every):
        raise UsageError("suppress: give one of --rule, --all and --prune")
    if not prune and not (reason or "").strip():
        raise UsageError("suppress: --reason is missing; say why the findings may stand")
    if expires and expires.date() < date.today():
        raise UsageError(f"suppress: --expires {expires.date()} is past; give the last day on which this holds")
    session = Session(paths, given_settings(options), Asked(config_file, isolated))
    session.check_names("rule", chosen)
    read = ReadOptions(**{name: options[f"{name}_column"] for name in COLUMNS})
    reports = (_checked(session, document) for document in session.admitted(read_paths(session.paths, read, session.keeps)))
    if prune:
        said = take_out(session, reports)
    else:
        given = Reason(reason or "", author, expires.date() if expires else None)
        said = accept(session, reports, lambda finding: _meant(finding, chosen, quote), given)
    for line in said or ["nothing to do: no open finding is meant" if not prune else "nothing to do: every entry still holds"]:
        click.echo(one_line(line))


def _checked(session: "Session", document: "Document") -> "Report":
    """The report on a clipping, with what is suppressed and known already."""
    from credibility.pipeline import check

    if document.error:
        raise UsageError(f"{document.error}; nothing was written")
    settings = session.settings(document.path)
    return session.settle(check(document, settings.config, using=session.detectors(settings)))


def _meant(finding: "Finding", chosen: tuple[str, ...], quote: str | None) -> bool:
    """Whether an open finding is to be accepted."""
    from credibility.gates.anchors import plain

    named = not chosen or finding.rule in chosen or finding.flag in chosen
    return named and (quote is None or plain(quote) in plain(finding.quote))
