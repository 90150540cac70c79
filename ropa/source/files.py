"""The files of a register: found in a fixed order, within the register's folder, read once.

The folder is a fence: a symbolic link that leads outside it is refused. Links inside it lead to
files that are read anyway, so they are passed over and no loop can arise.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ropa.source.document import Document, Place
from ropa.source.fault import Fault
from ropa.source.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_FILE", "MAX_FILES", "MAX_TOTAL", "SUFFIXES", "decode", "read_file", "read_files"]

SUFFIXES = (".yaml", ".yml", ".json")
BESIDE = (*(f".schema{suffix}" for suffix in SUFFIXES), "expected.json", "ropa-baseline.json")
"""How the names of files end that lie beside a register and are no part of it: JSON Schemas for its own
fields, what a test expects of it, what was found when ropa was adopted."""

MAX_FILE = 64 * 1024 * 1024
"""Bytes in one file."""
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes in one register."""
MAX_FILES = 20_000
"""Files in one register."""
MAX_DEPTH = 32
"""Folders inside folders."""


def read_files(path: FilePath) -> tuple[list[Document], list[Fault]]:
    """Read a register's folder, or its single file.

    Returns the documents in the order of their paths, and all faults of all files. Hidden files
    and folders (`.git`), JSON Schemas (`*.schema.json`), `expected.json` and `ropa-baseline.json` are passed over.
    """
    documents: list[Document] = []
    faults: list[Fault] = []
    total = 0
    for file, refused in _find(path):
        name = file.as_posix()
        if refused is not None:
            faults.append(refused)
            continue
        text, why = read_file(file, name)
        if why is not None:
            faults.append(why)
            continue
        total += len(text)
        if total > MAX_TOTAL:
            faults.append(Fault("SRC01", Place(name), "register-size", {"limit": MAX_TOTAL // 1024**2}))
            break
        document, found = read_text(text, name)
        faults += found
        if document is not None:
            documents.append(document)
    if not documents and not faults:
        faults.append(Fault("SRC11", Place(str(path.as_posix())), "missing" if not path.exists() else "empty"))
    return documents, faults


def _find(path: FilePath) -> Iterator[tuple[FilePath, Fault | None]]:
    """Yield each file of a register and, where it must not or cannot be read, why not."""
    try:
        path.stat()
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:  # a name that is too long, that holds NUL, that may not be asked about
        yield path, _unopened(path.as_posix(), error)
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
        yield folder, _unopened(folder.as_posix(), error)
        return
    for entry in entries:
        file, name = folder / entry.name, entry.name.lower()
        if entry.is_dir(follow_symlinks=False):
            if depth < MAX_DEPTH:
                yield from _walk(file, depth + 1)
            else:
                yield file, Fault("SRC01", Place(file.as_posix()), "folders", {"limit": MAX_DEPTH})
        elif (name.endswith(SUFFIXES) and not name.endswith(BESIDE)) or (entry.is_symlink() and file.is_dir()):
            yield file, None


def _leads_within(link: FilePath, fence: FilePath) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(fence)
    except (OSError, RuntimeError):  # a broken link, or links in a circle
        return False


def read_file(file: FilePath, name: str) -> tuple[str, Fault | None]:
    """Read one file as text, or say why it cannot be read; a pipe or a device is never waited for."""
    try:
        # Not blocking: opening a pipe would otherwise wait for ever.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return "", Fault("SRC01", Place(name), "not-a-file")
            if facts.st_size > MAX_FILE:
                return "", Fault("SRC01", Place(name), "size", {"limit": MAX_FILE // 1024**2})
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        return "", _unopened(name, error)
    return decode(content, name)


def _unopened(name: str, error: OSError | ValueError) -> Fault:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Fault("SRC01", Place(name), "unopened", {"reason": reason})


def decode(content: bytes, name: str) -> tuple[str, Fault | None]:
    """Decode a file as UTF-8, with or without byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(content) > 3 and content[1] == 0 == content[3]):
        return "", Fault("SRC01", Place(name), "utf-16")
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = f"0x{content[error.start]:02X}"
        return "", Fault("SRC01", Place(name, line, column, line, column), "encoding", {"byte": byte})
