"""Cards: a sheet for each record, its fields below one another, as some authorities' forms have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from ropa.source.page import translate
from ropa.workbook.fields import field as field_of
from ropa.workbook.layout import Column, Sheet
from ropa.workbook.lines import lines
from ropa.workbook.measuring import height, pieces
from ropa.workbook.rows import Row
from ropa.workbook.sheets import KEYS, Frame, Line, paper, write
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import phrase
from ropa.workbook.writing import sayable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["CARD", "card_titles", "cards"]

CARD = "#card"
"""What tells a card from a table: it stands in the hidden row of keys."""

LABEL, VALUE = 30.0, 64.0
ONE_PAGE = 1050.0
"""Points of a card that still fit on one page, smaller; what is longer goes on."""

PAGE = 740.0
"""Points between the margins of a page, portrait, at full size."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def card_titles(say: Speaker, sheet: Sheet, suffix: str) -> list[str]:
    """Return what the card of each record is called: its number and its name."""
    named = (f"{number} {_named(say, row)}" for number, (row, _) in enumerate(lines(say, sheet), 1))
    return [_title(name, suffix) for name in named]


def cards(book: Workbook, say: Speaker, sheet: Sheet, frame: Frame, titles: list[str]) -> Iterator[tuple[str, Row, Line]]:  # fmt: skip
    """Write the card of each record; yield its title, its record and what it says."""
    for title, (row, line) in zip(titles, lines(say, sheet), strict=True):
        made = book[title]
        begins = _card(made, say, sheet, row, line, frame)
        paper(made, frame, title, portrait=True)
        points = [made.row_dimensions[at].height or 15.0 for at in range(1, made.max_row + 1)]
        if sum(points) < ONE_PAGE:
            made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            made.page_setup.fitToHeight = 1
            made.print_options.horizontalCentered = True
        else:
            _paged(made, points, begins)
        yield title, row, line


def _paged(made: Worksheet, points: list[float], begins: list[int]) -> None:
    """Begin a new page at each band that would be cut: its heading would stand alone at the foot."""
    again = points[0]
    filled = sum(points[: begins[0] - 1])
    for begin, end in pairwise([*begins, len(points) + 1]):
        tall = sum(points[begin - 1 : end - 1])
        if filled + tall > PAGE and filled > again:
            made.row_breaks.append(Break(id=begin - 1))
            filled = again
        filled += tall
        while filled > PAGE:
            filled -= PAGE - again


def _named(say: Speaker, row: Row) -> str:
    section, one = row.owner
    return say.named(section, one) if one else section


def _title(wanted: str, suffix: str) -> str:
    """Return a name that a sheet can have."""
    return f"{sayable(_FORBIDDEN.sub(' ', wanted)).strip(chr(39))[: 31 - len(suffix)].strip()}{suffix}"


def _card(made: Worksheet, say: Speaker, sheet: Sheet, row: Row, line: Line, frame: Frame) -> list[int]:  # noqa: PLR0917 - a card and what is on it
    """Write the title, then band by band each field with its label; return the rows at which bands begin."""
    for letter, width in (("A", 0.3), ("B", LABEL), ("C", VALUE)):
        made.column_dimensions[letter].width = width + 0.71
        made.column_dimensions[letter].number_format = "@"
    made.column_dimensions["A"].hidden = frame.keyed
    write(made, 1, 2, _named(say, row), "title")
    made.row_dimensions[1].height = 30
    write(made, 2, 2, phrase("back", say.language), "link-small", frame.cover)
    write(made, 2, 3, translate(sheet.title, say.language), "subtitle")
    for number, text in enumerate((CARD, f"{sheet.key}.{say.language}", line.id) if frame.keyed else (), 1):
        write(made, KEYS, number, text, "hint")
    made.row_dimensions[KEYS].hidden = frame.keyed
    at, band = KEYS + 1, None
    begins = [at]
    for column, value in zip(sheet.columns, line.values, strict=True):
        if column.key == "id" and column.width < LABEL / 10 + 1:
            continue  # a column that only the table needs
        if column.band != band:
            band = column.band
            begins += [at] if at > begins[0] else []
            at = _band(made, at, translate(sheet.bands[band], say.language) if band else "")
        edited = field_of(sheet.rows, column.key).edited
        at = _field(made, at, column, value, say, edited=edited, keyed=frame.keyed)
    made.print_title_rows = "1:1"
    return begins


def _band(made: Worksheet, at: int, title: str) -> int:
    made.row_dimensions[at].height = 8
    write(made, at + 1, 2, title, "band")
    write(made, at + 1, 3, "", "band-rest")
    made.row_dimensions[at + 1].height = 18
    return at + 2


def _field(made: Worksheet, at: int, column: Column, value: Value, say: Speaker, *, edited: bool, keyed: bool) -> int:
    """Write one field; a text that no row can show goes on in the next."""
    gap = value.state in ("missing", "unknown")
    look = value.look or ("gap" if gap and column.required else "unset" if gap else "body" if edited else "compiled")
    parts = pieces(value.text, VALUE)
    for number, part in enumerate(parts, 1):
        label = translate(column.label, say.language) if number == 1 else ""
        if keyed:
            write(made, at, 1, column.key if number == 1 else f"{column.key}#{number}", "hint")
        write(made, at, 2, label, "card")
        write(made, at, 3, part, look)
        made.row_dimensions[at].height = height([(label, LABEL - 1), (part, VALUE)])
        at += 1
    return at
