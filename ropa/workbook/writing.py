"""From workbook to file: safe text, the same bytes for the same register, never half a file."""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ropa.errors import WriteError

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["packed", "put", "safe"]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DIMENSION = re.compile(r'(<dimension ref="A1:)([A-Z]+)[0-9]+(")')
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STAMP = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def safe(text: str) -> str:
    """Return a text as a cell can hold it: no characters that XML lacks, no accidental escapes."""
    if "_x" not in text and _CONTROLS.search(text) is None:
        return text  # as most are
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub("_x005F_", _UNWRITABLE.sub("\ufffd", text))


def packed(workbook: Workbook, rows: dict[str, str], on: date) -> bytes:
    """Return a workbook as bytes that depend on nothing but what it says.

    `rows` are the records of each sheet by title, as XML: they stand below the rows that the
    workbook's sheets hold already.
    """
    made = io.BytesIO()
    workbook.save(made)
    below = {f"xl/worksheets/sheet{at}.xml": rows.get(name, "") for at, name in enumerate(workbook.sheetnames, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = _part(name, old.read(name).decode(), on)
            new.writestr(entry, _with_rows(part, below[name]) if below.get(name) else part)
    return out.getvalue()


def _part(name: str, text: str, on: date) -> str:
    """Return a part of the file in its canonical form, stamped with the day asked about."""
    if name == "docProps/core.xml":
        text = _STAMP.sub(rf"\g<1>{on.isoformat()}T00:00:00Z\g<3>", text)
    if name.startswith("xl/worksheets/sheet"):
        text = text.replace(' customHeight="1"', "")  # so that a row grows with what is typed
    return ET.canonicalize(text)


def _with_rows(part: str, rows: str) -> str:
    """Put rows below those of a sheet, and say how far the sheet reaches now."""
    last = rows.rpartition('<c r="')[2].partition('"')[0]
    widest = _DIMENSION.sub(lambda found: f"{found[1]}{found[2]}{last.lstrip(_LETTERS)}{found[3]}", part, count=1)
    return widest.replace("</sheetData>", f"{rows}</sheetData>", 1)


def put(content: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file whole or not at all. Raises WriteError; what was there before is untouched."""
    target = Path(path)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=".ropa-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)  # noqa: PTH101 - a path as text
        os.replace(temporary, target)  # noqa: PTH105 - the same
    except (OSError, ValueError) as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - the same
        raise WriteError(
            str(target), (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        ) from error


def _umask() -> int:
    """Return the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
