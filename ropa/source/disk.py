"""A register's folder on disk, as a source of files.

The folder is a fence: a symbolic link that leads outside it is refused. Links inside it lead to
files that are read anyway, so they are passed over and no loop can arise.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ropa.source.document import Place
from ropa.source.fault import Fault
from ropa.source.files import MAX_DEPTH, MAX_FILE, MAX_FILES, OUTSIDE, belongs, decode, too_large, unopened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ropa.source.files import Beside, Found

__all__ = ["beside_on_disk", "on_disk", "read_file"]


def on_disk(path: FilePath) -> Iterator[Found]:
    """Find the files of a register's folder, or its single file."""
    for file, refused in _find(path):
        name = file.as_posix()
        content, why = (b"", refused) if refused is not None else _read_bytes(file, name)
        yield name, content, why


def beside_on_disk(folder: FilePath) -> Beside:
    """Return what reads a file beside a register that lies in a folder."""

    def read(name: str) -> tuple[bytes, str]:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            return b"", OUTSIDE
        content, why = _read_bytes(file, name)
        return content, why.message if why else ""

    return read


def _find(path: FilePath) -> Iterator[tuple[FilePath, Fault | None]]:
    """Yield each file of a register and, where it must not or cannot be read, why not."""
    try:
        path.stat()
    except FileNotFoundError:
        yield path, Fault("SRC11", Place(path.as_posix()), "missing")
        return
    except (OSError, ValueError) as error:  # a name that is too long, that holds NUL, that may not be asked about
        yield path, unopened(path.as_posix(), error)
        return
    if path.is_file():
        yield path, None
    elif path.is_dir():
        fence = path.resolve()
        found = sorted(_walk(path, 0), key=lambda entry: entry[0].relative_to(path).as_posix())
        for count, (file, fault) in enumerate(found):
            if count >= MAX_FILES:
                yield file, Fault("SRC01", Place(file.as_posix()), "files")
                return
            if fault is not None or not file.is_symlink():
                yield file, fault
            elif not file.exists():
                yield file, Fault("SRC01", Place(file.as_posix()), "broken-link")
            elif not _leads_within(file, fence):
                yield file, Fault("SRC01", Place(file.as_posix()), "outside")


def _walk(folder: FilePath, depth: int) -> Iterator[tuple[FilePath, Fault | None]]:
    """Yield the files of a folder that belong to a register, and every link that could."""
    try:
        with os.scandir(folder) as scanned:
            entries = [entry for entry in scanned if not entry.name.startswith(".")]
    except OSError as error:
        yield folder, unopened(folder.as_posix(), error)
        return
    for entry in entries:
        file = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if depth < MAX_DEPTH:
                yield from _walk(file, depth + 1)
            else:
                yield file, Fault("SRC01", Place(file.as_posix()), "folders", {"limit": MAX_DEPTH})
        elif belongs(entry.name) or (entry.is_symlink() and file.is_dir()):
            yield file, None


def _leads_within(link: FilePath, fence: FilePath) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(fence)
    except (OSError, RuntimeError):  # a broken link, or links in a circle
        return False


def read_file(file: FilePath, name: str) -> tuple[str, Fault | None]:
    """Read one file as text, or say why it cannot be read; a pipe or a device is never waited for."""
    content, why = _read_bytes(file, name)
    return ("", why) if why is not None else decode(content, name)


def _read_bytes(file: FilePath, name: str) -> tuple[bytes, Fault | None]:
    try:
        # Not blocking: opening a pipe would otherwise wait for ever.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return b"", Fault("SRC01", Place(name), "not-a-file")
            why = too_large(name, facts.st_size)
            return (b"", why) if why is not None else (stream.read(MAX_FILE + 1), None)
    except OSError as error:
        return b"", unopened(name, error)
