"""The workbook: a register as the spreadsheet that a supervisory authority asks for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ropa.errors import WriteError

if TYPE_CHECKING:
    from ropa.checking import Report

__all__ = ["export"]


def export(report: Report, path: str | os.PathLike[str], *, language: str = "nl") -> None:
    """Write the Article 30 workbook of a checked register.

    The same register, day, law and language give the same bytes. The workbook holds text only: no
    formulas, no macros, no links out. Raises WriteError, and leaves what was there untouched, if
    the register was not read whole or the file cannot be written.
    """
    if report.loaded.register is None:
        raise WriteError(os.fspath(path), "the register could not be read whole; its faults come first.")
    from ropa.collector import paused_collector
    from ropa.workbook.book import build
    from ropa.workbook.writing import packed, put

    with paused_collector():
        book, rows = build(report, report.loaded.register, language)
        content = packed(book, rows, report.on)
    put(content, path)
