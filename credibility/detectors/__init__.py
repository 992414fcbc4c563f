"""The detectors: every module of this folder with a `DETECTOR`, then installed plugins, in a fixed order."""

import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from credibility.detector import Detector
from credibility.errors import UsageError

_GROUP = "credibility.detectors"


@lru_cache(maxsize=1)
def detectors() -> tuple[Detector, ...]:
    """All detectors, by name of their module; plugins after ours, by name of their entry point.

    Raises UsageError for a plugin that is no detector.
    """
    ours = [import_module(f"{__name__}.{module.name}").DETECTOR for module in sorted(iter_modules(__path__), key=lambda m: m.name)]
    return (*ours, *(_plugins() if _perhaps_plugins() else ()))


def _plugins() -> list[Detector]:
    """The detectors that installed packages name in their entry points."""
    from importlib.metadata import entry_points

    plugins = []
    for point in sorted(entry_points(group=_GROUP), key=lambda p: (p.name, p.value)):
        plugin = point.load()
        if not isinstance(plugin, Detector):
            raise UsageError(f"plugin {point.name!r} ({point.value}) is no detector: it lacks name, rules, coverage or detect")
        plugins.append(plugin)
    return plugins


def _perhaps_plugins() -> bool:
    """Whether an installed package may name a detector: importing importlib.metadata to hear that none does takes 30 ms."""
    for place in map(Path, sys.path):
        if place.is_file():
            return True  # an archive, which importlib.metadata looks into
        for folder in ("*.dist-info", "*.egg-info", "EGG-INFO"):
            if any(_GROUP.encode() in file.read_bytes() for file in place.glob(f"{folder}/entry_points.txt")):
                return True
    return False
