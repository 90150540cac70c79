"""The files of a register: chosen by their names, in a fixed order, read once; wherever they lie.

A *source* yields what it finds, each file's name with its bytes or with the fault that keeps it from
being read: a folder on disk (`ropa.source.disk`), bytes in memory (below), a tree in git. One reader
takes them all, so that a register is the same register wherever it comes from.
"""

from __future__ import annotations

import errno
import os
import posixpath
from typing import TYPE_CHECKING

from ropa.source.document import Document, Place
from ropa.source.fault import Fault
from ropa.source.reader import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    Found = tuple[str, bytes, Fault | None]
    """A file's name and bytes; or why it cannot be read."""
    Beside = Callable[[str], tuple[bytes, str]]
    """Reads a file that lies beside the register, by the name that the register gives it: bytes, or why not."""

__all__ = [
    "MAX_DEPTH", "MAX_FILE", "MAX_FILES", "MAX_TOTAL", "OUTSIDE", "SUFFIXES", "belongs", "below", "beside_in_memory", "chosen",
    "decode", "in_memory", "read_all", "too_large", "unopened",
]  # fmt: skip

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
OUTSIDE = "it lies outside the register's folder"


def read_all(found: Iterable[Found], path: str) -> tuple[list[Document], list[Fault]]:
    """Read what a source finds at `path`: the documents in the order of their names, and all faults of all files."""
    documents: list[Document] = []
    faults: list[Fault] = []
    total = 0
    for name, content, refused in found:
        text, why = decode(content, name) if refused is None else ("", refused)
        if why is not None:
            faults.append(why)
            continue
        total += len(text)
        if total > MAX_TOTAL:
            faults.append(Fault("SRC01", Place(name), "register-size", {"limit": MAX_TOTAL // 1024**2}))
            break
        document, wrong = read_text(text, name)
        faults += wrong
        if document is not None:
            documents.append(document)
    if not documents and not faults:
        faults.append(Fault("SRC11", Place(path), "empty"))
    return documents, faults


def in_memory(path: str, files: Mapping[str, bytes]) -> Iterator[Found]:
    """Find a register among files held in memory, as if they lay in the folder `path`."""
    for name, fault in chosen(path, files):
        content = files.get(name, b"")
        yield below(path, name), content, fault or too_large(below(path, name), len(content))


def chosen(path: str, names: Iterable[str], also: Collection[str] = ()) -> Iterator[tuple[str, Fault | None]]:
    """Choose a register's files among the names in a folder (`sub/a.yaml`), in their order, by the rules of the disk.

    `also` names what counts whatever it is called: a link to a folder. Hidden files and folders
    (`.git`), JSON Schemas (`*.schema.json`) and `expected.json` are passed over.
    """
    kept: set[str] = set()
    deep: set[str] = set()
    for name in names:
        steps = name.split("/")
        if any(step.startswith(".") for step in steps):
            continue
        if len(steps) > MAX_DEPTH + 1:
            deep.add("/".join(steps[: MAX_DEPTH + 1]))
        elif name in also or belongs(steps[-1]):
            kept.add(name)
    for count, name in enumerate(sorted(kept | deep)):
        if count >= MAX_FILES:
            yield name, Fault("SRC01", Place(below(path, name)), "files")
            return
        too_deep = Fault("SRC01", Place(below(path, name)), "folders", {"limit": MAX_DEPTH})
        yield name, too_deep if name in deep else None


def belongs(name: str) -> bool:
    """Tell whether a file of this name is part of a register."""
    name = name.lower()
    return name.endswith(SUFFIXES) and not name.endswith(BESIDE)


def below(path: str, name: str) -> str:
    """Name a file in a folder as a reader sees it: `registers/x/a.yaml`, or `main:a.yaml` at the top of a commit."""
    if path in ("", "."):
        return name
    return f"{path}{name}" if path.endswith((":", "/")) else f"{path}/{name}"


def beside_in_memory(files: Mapping[str, bytes]) -> Beside:
    """Return what reads a file beside a register that is held in memory."""

    def read(name: str) -> tuple[bytes, str]:
        at = posixpath.normpath(name)
        if at.startswith(("/", "../")) or at == "..":
            return b"", OUTSIDE
        if at in files:
            why = too_large(name, len(files[at]))
            return files[at], why.message if why else ""
        if at == "." or any(one.startswith(f"{at}/") for one in files):
            return b"", unopened(name, errno.EISDIR).message
        return b"", unopened(name, errno.ENOENT).message

    return read


def too_large(name: str, size: int) -> Fault | None:
    """Return the fault of a file that is larger than any register needs."""
    return Fault("SRC01", Place(name), "size", {"limit": MAX_FILE // 1024**2}) if size > MAX_FILE else None


def unopened(name: str, error: OSError | ValueError | int) -> Fault:
    """Return the fault of a file that could not be opened; `error` may be one of `errno`."""
    if isinstance(error, int):
        error = OSError(error, os.strerror(error))
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
