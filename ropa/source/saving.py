"""Files written whole or not at all; several of them, all or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path as FilePath

from ropa.errors import WriteError

__all__ = ["put", "put_all"]


def put(content: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file whole or not at all. Raises WriteError; what was there before is untouched."""
    put_all({os.fspath(path): content})


def put_all(contents: Mapping[str, bytes | None]) -> None:
    """Write several files, and remove those whose content is None: all of it, or nothing.

    Raises WriteError; what was there before is untouched, or put back. Folders are made as needed.
    """
    prepared: list[tuple[FilePath, str | None, bytes | None]] = []
    done: list[tuple[FilePath, bytes | None]] = []
    target = FilePath()
    try:
        for name, content in contents.items():
            target = FilePath(os.path.realpath(name))  # a link stays a link
            before = target.read_bytes() if target.is_file() and len(contents) > 1 else None
            prepared.append((target, None if content is None else _beside(target, content), before))
        for target, temporary, before in prepared:
            if temporary is None:
                target.unlink()
            else:
                os.replace(temporary, target)  # noqa: PTH105 - a path as text
            done.append((target, before))
    except (OSError, ValueError) as error:
        for _, temporary, _ in prepared:
            if temporary is not None:
                with suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108 - the same
        _undo(done)
        why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise WriteError(str(target), why) from error


def _beside(target: FilePath, content: bytes) -> str:
    """Write a content beside the file that it will be, and make sure that it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True) if not target.parent.exists() else None
    handle, temporary = tempfile.mkstemp(prefix=".ropa-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)  # noqa: PTH101 - a path as text
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - the same
        raise
    return temporary


def _undo(done: list[tuple[FilePath, bytes | None]]) -> None:
    """Put back what stood there before."""
    for target, before in reversed(done):
        with suppress(OSError):
            target.unlink() if before is None else target.write_bytes(before)


def _umask() -> int:
    """Return the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
