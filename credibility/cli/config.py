"""`credibility config`: what holds for a path, and where each value comes from."""

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.cli.gates import given_settings, limit_options, setting_options
from credibility.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from credibility.settings.table import Settings


@click.command()
@click.argument("path", default=".", type=click.Path(path_type=Path), metavar="[PATH]")
@setting_options
@limit_options
def config(path: Path, config_file: Path | None, isolated: bool, **options: Any) -> None:
    """Show the settings that hold for a file or folder, as TOML, with the place where each was set.

    The options are those of `check`, so that a run can be looked at before it is made.
    """
    from credibility.gates.session import Asked, Session
    from credibility.settings.table import shown_path

    session = Session((), given_settings(options), Asked(config_file, isolated))
    inside = str(path / "-") if path.is_dir() else str(path)
    settings = session.settings(inside)
    click.echo(f"# {shown_path(settings.file) if settings.file else 'no configuration file'}")
    for line in _lines(settings, path):
        click.echo(line)
    if found := session.suppressions_of(inside):
        click.echo(f"# suppressions: {shown_path(found)}")


def _lines(settings: "Settings", path: Path) -> "Iterator[str]":
    """A line a key; a table as a line a part, `max.encoding = 3`; overrides last, with whether they fit the path."""
    for field in fields(settings.table):
        key, value = field.name.replace("_", "-"), getattr(settings.table, field.name)
        if key == "override":
            continue
        if isinstance(value, dict) and value:
            for part, inner in sorted(value.items()):
                yield _line(f"{key}.{json.dumps(part) if '.' in part else part}", inner, settings.origin(key, part))
        elif value is not None:
            yield _line(key, value, settings.origin(key))
    for number, table in enumerate(settings.table.override):
        yield f"[[override]]  # {settings.origin('override', number)}{_fit(settings, number, path)}"
        for key, value in table.items():
            yield _line(key, value, "")


def _fit(settings: "Settings", number: int, path: Path) -> str:
    """Whether the paths of an override fit; languages and sources are known only of a clipping."""
    from credibility.document import Document

    override = settings.config.overrides[number]
    if not override.paths or path.is_dir():
        return ""
    fits = (
        override.fits(Document(str(path), "", path=str(path)), None, settings.config.folder)
        if not override.languages and not override.sources
        else None
    )
    return "" if fits is None else (", fits" if fits else ", does not fit")


def _line(key: str, value: Any, place: str) -> str:
    """A key with its value as TOML, and its place as a comment."""
    return one_line(f"{key} = {_toml(value)}") + (f"  # {place}" if place else "")


def _toml(value: Any) -> str:
    """A value as TOML; of a table, an inline one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
