"""Paths → Documents: files of every format, folders, standard input. Lazily, in order, and nothing is lost.

What cannot be read becomes a Document with `error` set: what happened, where, and what to do about it, in one line.
"""

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from credibility.document import Document
from credibility.errors import MissingExtraError, ReadError
from credibility.reading import archives, tables  # noqa: F401  (they enter their readers)
from credibility.reading.clipping import ReadOptions, from_html, from_text, unreadable
from credibility.reading.formats import READERS, Reader, read_text

__all__ = ["ReadOptions", "from_html", "from_text", "read_paths"]


Keeps: TypeAlias = Callable[[Path, bool], bool]


def _everything(_entry: Path, _is_folder: bool) -> bool:
    return True


def read_paths(paths: Iterable[str | Path], options: ReadOptions | None = None, keeps: Keeps = _everything) -> Iterator[Document]:
    """The clippings of files, folders (walked, in name order) and '-' (standard input), one at a time.

    A file named by itself is read by its ending; in a folder, files with other endings are passed over, and what `keeps` does
    not keep. Never raises for what a clipping or file holds.
    """
    chosen = options or ReadOptions()
    for path in paths:
        if str(path) == "-":
            ending = "txt" if chosen.stdin_format == "text" else chosen.stdin_format
            yield from _guarded(sys.stdin.buffer, "-", chosen, READERS[f".{ending}"])
        elif Path(path).is_dir():
            yield from _folder(Path(path), chosen, keeps)
        else:
            yield from _file(str(path), chosen)


def read_bytes(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """The clippings of a file that is held in memory, read as `name` tells: as it was at another time, for example."""
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if name.lower().endswith(".gz") else stream
    yield from _guarded(unpacked, name, options, READERS.get(_ending(name), read_text))


def files(paths: Iterable[str | Path], keeps: Keeps = _everything) -> Iterator[Path]:
    """The files that `read_paths` would read now, in its order; not those of folders that cannot be read."""
    for path in map(Path, paths):
        yield from (entry for entry, error in _walk(path, keeps) if not error) if path.is_dir() else (path,)


def _folder(folder: Path, options: ReadOptions, keeps: Keeps) -> Iterator[Document]:
    """The clippings of a folder and those below it."""
    for path, error in _walk(folder, keeps):
        if error:
            yield unreadable(str(path), str(path), _reason(error))
        else:
            yield from _file(str(path), options)


def _walk(folder: Path, keeps: Keeps) -> Iterator[tuple[Path, OSError | None]]:
    """The files of a folder and those below it, and the folders that cannot be read, with the reason.

    Names that start with a dot, and links to folders, are passed over.
    """
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if here != folder and not here.is_dir():
            yield here, None
            continue
        try:
            inside = sorted(here.iterdir(), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield here, error
            continue
        waiting.extend(entry for entry in inside if _wanted(entry) and keeps(entry, entry.is_dir()))


def _wanted(entry: Path) -> bool:
    """Whether a walk goes on with this entry of a folder: a folder, or a file by its ending; a pipe would be waited for without end."""
    if entry.name.startswith("."):
        return False
    if entry.is_dir():
        return not entry.is_symlink()
    return _ending(entry.name) in READERS and (entry.is_file() or not entry.exists())


def _ending(name: str) -> str:
    """The ending that tells the format, lower case.

    >>> _ending("a.b/News.JSONL.gz"), _ending("README")
    ('.jsonl', '')
    """
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]  # noqa: PTH122  (of a string that need not be a path)


def _file(name: str, options: ReadOptions) -> Iterator[Document]:
    """The clippings of one file."""
    reader = READERS.get(_ending(name))
    if reader is None and Path(name).exists():
        known = " ".join(sorted(READERS))
        yield unreadable(name, name, f"is of no known format; rename it to one of {known} (each also .gz), or give it on standard input")
        return
    try:
        with Path(name).open("rb") as packed:
            stream: BinaryIO = packed
            if name.lower().endswith(".gz"):
                stream = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
            yield from _guarded(stream, name, options, reader or read_text)
    except (OSError, ValueError) as error:
        yield unreadable(name, name, _reason(error))


def _guarded(stream: BinaryIO, name: str, options: ReadOptions, reader: Reader) -> Iterator[Document]:
    """What the reader gives, and in the end why it could not go on."""
    try:
        yield from reader(stream, name, options)
    except (ReadError, MissingExtraError) as error:
        yield unreadable(name, name, error)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield unreadable(name, name, f"is no whole gzip file: {error}; copy or pack it again")
    except OSError as error:
        yield unreadable(name, name, _reason(error))


def _reason(error: Exception) -> str:
    """What the system says of a path, with the remedy."""
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}; check the file and try again"
