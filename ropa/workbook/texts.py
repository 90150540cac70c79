"""The sheets as CSV files: the same lines, for programs that read no workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropa.source.page import translate
from ropa.workbook.book import Part, digest, sheet_key
from ropa.workbook.cover import Edition
from ropa.workbook.layout import Layout

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.model import Register

__all__ = ["sheets_as_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula."""


def sheets_as_csv(
    report: Report, register: Register, languages: Sequence[str], layout: Layout, *, authority: bool = False
) -> dict[str, bytes]:
    """Return each sheet as a CSV file (RFC 4180, UTF-8 with a mark that Excel knows), by its name.

    A text that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    edition = Edition(layout, authority, digest(report))
    files = {}
    for language in languages:
        part = Part(report, register, language, edition, len(languages))
        for sheet in part.sheets:
            if sheet.kind == "picture":
                continue
            out = io.StringIO(newline="")
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow(translate(column.label, language) for column in sheet.columns)
            writer.writerows([_harmless(value.text) for value in line.values] for line in part.lines_of(sheet))
            name = sheet_key(sheet, language) if len(languages) > 1 else sheet.key
            files[f"{name}.csv"] = out.getvalue().encode("utf-8-sig", "replace")
    return files


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
