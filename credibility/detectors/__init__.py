"""The detectors: every module of this folder with a `DETECTOR`, then installed plugins, in a fixed order."""

from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from credibility.detector import Detector
from credibility.errors import UsageError


@lru_cache(maxsize=1)
def detectors() -> tuple[Detector, ...]:
    """All detectors, by name of their module; plugins after ours, by name of their entry point.

    Raises UsageError for a plugin that is no detector.
    """
    ours = [import_module(f"{__name__}.{module.name}").DETECTOR for module in sorted(iter_modules(__path__), key=lambda m: m.name)]
    plugins = []
    for point in sorted(entry_points(group="credibility.detectors"), key=lambda p: (p.name, p.value)):
        plugin = point.load()
        if not isinstance(plugin, Detector):
            raise UsageError(f"plugin {point.name!r} ({point.value}) is no detector: it lacks name, rules, coverage or detect")
        plugins.append(plugin)
    return (*ours, *plugins)
