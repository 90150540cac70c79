"""A table of the workbook: title, bands by letter, headings, rows; set up for screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties

from ropa.source.page import translate
from ropa.workbook.measuring import height, pieces
from ropa.workbook.rows import Row
from ropa.workbook.speaking import Value
from ropa.workbook.styles import style
from ropa.workbook.words import Column, Sheet, phrase
from ropa.workbook.writing import safe

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Frame", "paper", "table", "write"]

BANDS, HEADS, FIRST = 3, 4, 5
"""The rows of bands, of headings, and of the first record."""

PAPER = 786.0
"""Points between the margins of A4, landscape."""

POINTS = 5.58
"""Points of a unit of column width on paper."""


@dataclass(frozen=True)
class Frame:
    """What stands around every table: the language, the organisation, the day and digest."""

    language: str
    keeper: str
    header: str


def write(  # noqa: PLR0917 - a cell is known by its row and column
    sheet: Worksheet, row: int, column: int, text: str, look: str, link: str = ""
) -> None:
    """Write a text into a cell, as text whatever it looks like."""
    cell = sheet.cell(row, column)
    cell.style = style(look)
    cell.value = safe(text)
    cell.data_type = "s"
    if link:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{link}'!A1", display=None)


def table(sheet: Worksheet, layout: Sheet, rows: Iterable[Row], frame: Frame, empty: str) -> str:
    """Set up a sheet's table and return its records as XML rows.

    The records go past openpyxl: ten thousand rows of styled cells would take ten times as long.
    """
    _head(sheet, layout, frame)
    looks = _Looks(sheet)
    letters = [get_column_letter(number) for number in range(1, len(layout.columns) + 1)]
    written: list[str] = []
    for row in rows:
        for cells in _parted(layout, row, frame.language):
            at = FIRST + len(written)
            points = height((value.text, column.width) for column, value in zip(layout.columns, cells, strict=True))
            texts = "".join(
                _cell(f"{letters[number]}{at}", looks[_look(column, cells[number], number + 1, layout)], cells[number])
                for number, column in enumerate(layout.columns)
            )
            written.append(f'<row ht="{points:g}" r="{at}">{texts}</row>')
    if not written:
        written.append(f'<row r="{FIRST}">{_cell(f"A{FIRST}", looks["hint"], Value(empty))}</row>')
    sheet.auto_filter.ref = f"A{HEADS}:{letters[-1]}{FIRST + len(written) - 1}"
    sheet.freeze_panes = f"{letters[layout.fixed]}{FIRST}"
    sheet.print_title_rows = f"{BANDS}:{HEADS}"
    if layout.leaf_before:
        sheet.print_title_cols = f"A:{letters[layout.fixed - 1]}"
    paper(sheet, frame, translate(layout.title, frame.language))
    _scale(sheet, layout)
    return "".join(written)


class _Looks(dict[str, int]):
    """The number of each style in the workbook's table of styles."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__()
        self.sheet = sheet

    def __missing__(self, look: str) -> int:
        cell = Cell(self.sheet, row=1, column=1)
        cell.style = style(look)
        self[look] = cell.style_id
        return self[look]


def _cell(place: str, look: int, value: Value) -> str:
    """Return a cell as XML: text, whatever it looks like."""
    if not value.text:
        return f'<c r="{place}" s="{look}"></c>'
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{_text(value.text)}</t></is></c>'


@lru_cache(maxsize=20_000)
def _text(text: str) -> str:
    """Return a text as XML holds it; many cells say the same."""
    return escape(safe(text))


def _head(sheet: Worksheet, layout: Sheet, frame: Frame) -> None:
    """Write title, way back, bands and headings."""
    language = frame.language
    write(sheet, 1, 1, translate(layout.title, language), "title")
    write(sheet, 1, layout.fixed + 1, translate(layout.about, language), "subtitle")
    write(sheet, 2, 1, phrase("back", language), "link-small", phrase("cover", language))
    if layout.bands:
        write(sheet, 2, layout.fixed + 1, phrase("hint", language), "hint")
    band = None
    for number, column in enumerate(layout.columns, 1):
        extra = "-extra" if column.band == "extra" else ""
        begins = column.band != band
        said = translate(layout.bands[column.band], language) if column.band and begins else ""
        band = column.band
        write(sheet, BANDS, number, said, f"band{extra}" if begins else f"band{extra}-rest")
        write(sheet, HEADS, number, translate(column.label, language), f"head{extra}")
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width + 0.71
        dimension.number_format = "@"
    heads = [(translate(column.label, language), column.width - 4) for column in layout.columns]
    for row, points in (
        (1, 30.0),
        (2, 18.0),
        (BANDS, 17.0 if layout.bands else 3.0),
        (HEADS, max(30.0, height(heads))),
    ):
        sheet.row_dimensions[row].height = points


def _parted(layout: Sheet, row: Row, language: str) -> list[list[Value]]:
    """Return a record's rows: more than one where a text is longer than a row can show."""
    values = [_value(column, row) for column in layout.columns]
    parts = [pieces(value.text, column.width) for column, value in zip(layout.columns, values, strict=True)]
    most = max(map(len, parts))
    if most == 1:
        return [values]
    found = [[Value(part[0], value.state) for part, value in zip(parts, values, strict=True)]]
    for at in range(1, most):
        cells = [Value(part[at] if at < len(part) else "") for part in parts]
        cells[0] = Value(f"{parts[0][0]}#{at + 1}")
        if len(parts[1]) == 1:
            cells[1] = Value(phrase("continued", language, name=parts[1][0], at=at + 1, of=most))
        found.append(cells)
    return found


def _value(column: Column, row: Row) -> Value:
    """Return what a column says of a record; nothing where a gap would say nothing."""
    value = row.cells.get(column.key, Value("", "missing"))
    return Value("") if column.optional and value.state == "missing" else value


def _look(column: Column, value: Value, number: int, layout: Sheet) -> str:
    """Choose a cell's style: red where Art. 30 asks for what is not there."""
    if value.state in ("error", "warning", "info"):
        return value.state
    if column.required and value.state in ("missing", "unknown"):
        return "gap"
    if value.state in ("missing", "unknown", "where-applicable"):
        return "unset"
    if column.key in ("id", "code", "place", "rule"):
        return "id"
    return "key" if number == layout.fixed and layout.bands else "body"


def paper(sheet: Worksheet, frame: Frame, title: str, *, portrait: bool = False) -> None:
    """Set up a sheet for A4, with a header and a footer."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    margins = sheet.page_margins
    margins.left = margins.right = 0.38
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.right.text = _plain(frame.header)
    footer.left.text = _plain(f"{frame.keeper[:80]} – {title}")
    footer.right.text = f"{phrase('page', frame.language)} &P / &N"
    for part in (header.right, footer.left, footer.right):
        part.size = 8
    sheet.oddHeader, sheet.oddFooter = header, footer


def _plain(text: str) -> str:
    """Return a text for a header or footer, where `&` begins a code."""
    return " ".join(safe(text).split()).replace("&", "&&")


def _scale(sheet: Worksheet, layout: Sheet) -> None:
    """Scale a sheet to the width of the paper; a second leaf begins where the layout says."""
    widths = [column.width + 0.71 for column in layout.columns]
    if not layout.leaf_before:
        sheet.page_setup.fitToHeight = 0
        sheet.page_setup.fitToWidth = 1
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        return
    keys = sum(widths[: layout.fixed])
    leaves = (sum(widths[: layout.leaf]), keys + sum(widths[layout.leaf :]))
    sheet.page_setup.scale = int(100 * min(1.0, PAPER / (max(leaves) * POINTS)))
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.col_breaks = ColBreak()
    sheet.col_breaks.append(Break(id=layout.leaf))
