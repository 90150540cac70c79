"""A workbook that is kept in git beside its register: left as it is for as long as it says what it would say anew.

It names its own day, so it can be made again as of that day, on any machine, and compared. What it cannot
name is the commit that it will be part of.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

__all__ = ["is_current"]

_CORE = "docProps/core.xml"
_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)T00:00:00Z</dcterms:created>")
_LARGEST_CORE = 64 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What a file that is no workbook makes of its reader."""


def is_current(there: bytes, make: Callable[[date], bytes], day: date | None = None) -> bool:
    """Tell whether a workbook says what `make` would say now: on `day`, or, without one, on its own day."""
    own = _day_of(there)
    if own is None or (day is not None and own != day):
        return False
    return _says_the_same(there, make(own))


def _day_of(content: bytes) -> date | None:
    """Return the day that a workbook was made as of; None for what `export` has not written."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if book.getinfo(_CORE).file_size > _LARGEST_CORE:
                return None
            found = _CREATED.search(book.read(_CORE))
        return date.fromisoformat(found[1].decode()) if found else None
    except _UNREADABLE:
        return None


def _says_the_same(there: bytes, made: bytes) -> bool:
    """Tell whether two workbooks have the same parts: how they are compressed depends on the machine.

    Of `there` no more is unpacked than `made` holds.
    """
    if there == made:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(there)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
            if [(one.filename, one.file_size) for one in old.infolist()] != [
                (one.filename, one.file_size) for one in new.infolist()
            ]:
                return False
            return all(old.read(name) == new.read(name) for name in new.namelist())
    except _UNREADABLE:
        return False
