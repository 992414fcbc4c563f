"""The versions' rules in `rules/history.toml`, and the rules in CHANGELOG.md. Renewed by `make history`.

The table of the version in pyproject.toml is written anew; those before it stay as they are for ever.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from credibility.detectors import detectors
from credibility.history import Change, Version, changes, current, versions

ROOT = Path(__file__).parent.parent
FILE = ROOT / "rules" / "history.toml"
CHANGELOG = ROOT / "CHANGELOG.md"
HEAD = (
    "# What the rules were in each version: severity, and a digest of phrases, patterns and examples by language; shared files.\n"
    "# Written by `make history`. `credibility rules changed --since VERSION` compares with it.\n"
)
BLOCK = re.compile(r"(<!-- rules [0-9.]+: written by `make history` -->\n).*?(<!-- end -->)", re.S)


def this_version() -> Version:
    """The rules as they are, under the version in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return current((rule for detector in detectors() for rule in detector.rules), project["version"])


def before(now: Version) -> Version:
    """The version kept before this one; an empty one if this is the first."""
    return next((version for version in reversed(versions()) if version.version != now.version), Version(""))


def history() -> str:
    """The file with this version in it."""
    now = this_version()
    kept = [version for version in versions() if version.version != now.version]
    return HEAD + "".join(_table(version) for version in (*kept, now))


def _table(version: Version) -> str:
    rules = "".join(f'"{name}" = {_inline(state)}\n' for name, state in version.rules.items())
    data = "".join(f'"{name}" = "{digest}"\n' for name, digest in version.data.items())
    return f'\n[[version]]\nversion = "{version.version}"\n\n[version.rules]\n{rules}\n[version.data]\n{data}'


def _inline(state: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f'{key} = "{value}"' for key, value in state.items()) + " }"


def changelog() -> str:
    """CHANGELOG.md with the rules of this version in the block of its section."""
    now = this_version()
    lines = "".join(f"- {line}\n" for line in _lines(changes(before(now), now)))
    text = CHANGELOG.read_text(encoding="utf-8")
    start = text.index(f"<!-- rules {now.version}: ")
    return text[:start] + BLOCK.sub(lambda hit: f"{hit[1]}\n{lines}\n{hit[2]}", text[start:], count=1)


def _lines(found: Iterator[Change]) -> Iterator[str]:
    """Added and removed rules by flag, then a line for each that changed."""
    listed = [change for change in found if "/" not in change.name and not change.name.endswith(".toml")]
    for kind in ("added", "removed"):
        names = [change.name for change in listed if change.kind == kind]
        for flag in sorted({name.partition(".")[0] for name in names}):
            yield f"{kind}: " + ", ".join(f"`{name}`" for name in names if name.startswith(flag + "."))
    yield from (f"`{change.name}`: {change.what}" for change in listed if change.kind == "changed")


def renew() -> list[str]:
    """Writes both files; the names of those that changed. Raises ValueError for a version that is out: what it was is history."""
    version = this_version().version
    wanted = {path: text for path, text in ((FILE, history()), (CHANGELOG, changelog())) if path.read_text(encoding="utf-8") != text}
    if wanted and f"\n## {version} (unreleased)\n" not in CHANGELOG.read_text(encoding="utf-8"):
        raise ValueError(
            f"{version} is out and its rules are history: raise the version in pyproject.toml and begin its section in CHANGELOG.md"
        )
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return [path.name for path in wanted]


if __name__ == "__main__":
    print("\n".join(renew()) or "nothing changed")
