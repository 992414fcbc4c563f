"""The options of a run that settle what holds and when it fails, as `check` and `suppress` have them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from credibility.cli.shell import rule_names

C = TypeVar("C", bound=Callable[..., Any])


def names(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Names given once or several times, each time one or several with commas between."""
    return tuple(name.strip() for part in given for name in part.split(",") if name.strip())


class Pairs(click.ParamType[tuple[str, Any]]):
    """NAME=VALUE, where the value is of one type."""

    name = "pair"

    def __init__(self, kind: Callable[[str], Any], what: str) -> None:
        self.kind, self.what = kind, what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        name, equals, given = value.partition("=")
        try:
            if not equals or not name.strip():
                raise ValueError
            return name.strip(), self.kind(given.strip())
        except ValueError:
            self.fail(f"{value!r} is not of the form FLAG={self.what}", param, ctx)


def _merged(_context: click.Context, _option: click.Parameter, given: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return dict(given)


def setting_options(command: C) -> C:
    """What holds: the options that a configuration file has as keys, and where that file is looked for."""
    for option in reversed(
        (
            click.option(
                "--select", multiple=True, callback=names, shell_complete=rule_names, metavar="FLAGS", help="Only these flags or rules."
            ),
            click.option(
                "--ignore", multiple=True, callback=names, shell_complete=rule_names, metavar="FLAGS", help="All but these flags or rules."
            ),
            click.option(
                "--severity",
                multiple=True,
                type=Pairs(str, "note|warning|error"),
                callback=_merged,
                metavar="FLAG=LEVEL",
                help="Another severity for a flag or rule.",
            ),
            click.option(
                "--threshold",
                multiple=True,
                type=Pairs(float, "0.9"),
                callback=_merged,
                metavar="FLAG=SURE",
                help="Leave out findings of a flag or rule that are less sure than this, 0 to 1.",
            ),
            click.option(
                "--rules",
                multiple=True,
                type=click.Path(exists=True, file_okay=False, path_type=Path),
                metavar="DIR",
                help="A folder with rule packs of your own, DIR/<language>/<flag>.toml.",
            ),
            click.option("--language", metavar="CODE", help="Main language of all clippings, where you know better than the text shows."),
            click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these in folders; patterns as in .gitignore."),
            click.option("--force-exclude", is_flag=True, default=None, help="Pass over them even where they are named as PATH."),
            click.option(
                "--respect-gitignore/--no-respect-gitignore", default=None, help="In folders, pass over what git ignores.  [default: on]"
            ),
            click.option(
                "--config",
                "config_file",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FILE",
                help="The configuration, in place of the nearest credibility.toml or pyproject.toml.",
            ),
            click.option("--isolated", "--no-config", is_flag=True, help="Look for no configuration and no suppressions file."),
            click.option(
                "--suppressions",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar="FILE",
                help="The suppressions, in place of the nearest credibility-suppressions.toml.",
            ),
            click.option(
                "--baseline",
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help="What this file holds is known: shown, and counted by no limit.",
            ),
        )
    ):
        command = option(command)
    return command


def limit_options(command: C) -> C:
    """When the run fails, and what counts as known."""
    for option in reversed(
        (
            click.option(
                "--fail-on",
                type=click.Choice(["error", "warning", "note", "never"]),
                help="End with status 1 if a finding is at least this severe.  [default: error]",
            ),
            click.option(
                "--min-score", type=click.FloatRange(0, 100), metavar="POINTS", help="End with status 1 if a clipping has a lower score."
            ),
            click.option(
                "--max",
                "most",
                multiple=True,
                type=Pairs(int, "10"),
                callback=_merged,
                metavar="FLAG=N",
                help="End with status 1 on more findings of a flag, rule or severity than this, or of 'all'.",
            ),
            click.option(
                "--max-share",
                multiple=True,
                type=Pairs(float, "0.1"),
                callback=_merged,
                metavar="FLAG=SHARE",
                help="End with status 1 if a larger share of the clippings, 0 to 1, has such a finding.",
            ),
            click.option(
                "--fail-on-unused", is_flag=True, default=None, help="End with status 1 if a suppression expired or fits nothing."
            ),
            click.option(
                "--write-baseline",
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help="Write all open findings to this file, for --baseline.",
            ),
            click.option("--diff", metavar="REV", help="What was there at this git revision is known."),
        )
    ):
        command = option(command)
    return command


def given_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that were given on the command line, by the keys of a configuration file."""
    keys = {
        "select": list,
        "ignore": list,
        "severity": dict,
        "threshold": dict,
        "language": str,
        "fail_on": str,
        "min_score": float,
        "max_share": dict,
        "force_exclude": bool,
        "respect_gitignore": bool,
        "fail_on_unused": bool,
        "suppressions": str,
        "baseline": str,
    }
    given = {key.replace("_", "-"): kind(options[key]) for key, kind in keys.items() if options.get(key) not in (None, (), {})}
    if options.get("rules"):
        given["rules"] = [str(path) for path in options["rules"]]
    if options.get("exclude"):
        given["exclude"] = list(options["exclude"])
    if options.get("most"):
        given["max"] = options["most"]
    return given
