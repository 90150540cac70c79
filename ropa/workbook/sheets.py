"""A table of the workbook: title, keys, bands by letter, headings, rows; set up for screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties

from ropa.source.page import translate
from ropa.workbook.layout import Column, Sheet
from ropa.workbook.measuring import height, pieces
from ropa.workbook.speaking import Value
from ropa.workbook.styles import style
from ropa.workbook.words import phrase
from ropa.workbook.writing import safe

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["BANDS", "FIRST", "HEADS", "HIDDEN", "KEYS", "Frame", "Line", "Table", "paper", "table", "write"]

KEYS, BANDS, WAYS, HEADS, FIRST = 3, 4, 5, 6, 7
"""The rows of the hidden keys, of bands, of ways to other sheets, of headings, and of the first record."""

WIDE = {"A4": 786.0, "A3": 1135.0}
"""Points between the margins of a page, landscape."""
_PAPERS = {"A4": 9, "A3": 8}

POINTS = 5.58
"""Points of a unit of column width on paper."""

HIDDEN = 3.0
"""The width of a column that nobody needs to see: the ids, where a layout shows none."""

LEAST = 0.7
"""The smallest scale on paper: ten points become seven."""

_LETTER = 1.9
"""Units of column width that a letter of a sheet's title takes."""
_SMALL = 0.8
"""Units that a letter of the hint below it takes."""

LINKS = 60_000
"""Links on one sheet; Excel takes 65,530."""


@dataclass(frozen=True)
class Frame:
    """What stands around every table: the language, the organisation, the day and digest, the cover's name."""

    language: str
    keeper: str
    header: str
    cover: str
    keyed: bool = True
    """Whether the columns carry the keys by which they are known again, in a row that is hidden."""


@dataclass(frozen=True)
class Line:
    """A record as a row: its id, and its cells in the order of the columns."""

    id: str
    values: tuple[Value, ...]


@dataclass
class Table:
    """What was written of a sheet: its rows as XML, its links, and in which row each record stands."""

    rows: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Cells that lead elsewhere: the cell, and where to."""

    @property
    def last(self) -> int:
        """The last row that is used."""
        return FIRST + len(self.rows) - 1

    def link(self, cell: str, target: str) -> None:
        """Make a cell lead to a place in the workbook."""
        if len(self.links) < LINKS:
            self.links.append((cell, target))

    @property
    def links_xml(self) -> str:
        """The links as XML."""
        return "".join(
            f'<hyperlink location="{escape(to, _QUOTE)}" ref="{cell}"></hyperlink>' for cell, to in self.links
        )


_QUOTE = {'"': "&quot;"}


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


def table(sheet: Worksheet, layout: Sheet, lines: Iterable[Line], frame: Frame, homes: dict[str, str], looks: list[str], empty: str) -> Table:  # noqa: PLR0917 # fmt: skip
    """Set up a sheet's table and write its records.

    The records go past openpyxl: ten thousand rows of styled cells would take ten times as long.
    `homes` gives, for columns that are compiled, the title of the sheet on which they are changed;
    `looks` the style of each column.
    """
    _head(sheet, layout, frame, homes)
    styles = _Styles(sheet)
    letters = [get_column_letter(number) for number in range(1, len(layout.columns) + 1)]
    written = Table()
    wides = [column.width if column.width > HIDDEN else 1000.0 for column in layout.columns]
    filled = [not column.optional for column in layout.columns]
    for line in lines:
        filled = [known or bool(value.text) for known, value in zip(filled, line.values, strict=True)]
        written.places[line.id] = FIRST + len(written.rows)
        for cells in _parted(layout, line, wides, frame.language):
            at = FIRST + len(written.rows)
            points = height((value.text, wide) for wide, value in zip(wides, cells, strict=True))
            texts = "".join(
                _cell(f"{letters[number]}{at}", styles[value.look or looks[number]], value) for number, value in enumerate(cells)
            )  # fmt: skip
            written.rows.append(f'<row ht="{points:g}" r="{at}">{texts}</row>')
    if not written.rows:
        write(sheet, 2, min(layout.fixed + 1, len(layout.columns)), empty, "hint")
    sheet.auto_filter.ref = f"A{HEADS}:{letters[-1]}{max(FIRST, written.last)}"
    sheet.freeze_panes = f"{letters[layout.fixed]}{FIRST}" if layout.fixed < len(letters) else f"A{FIRST}"
    sheet.print_title_rows = f"{BANDS}:{HEADS}"
    paper(sheet, frame, translate(layout.title, frame.language), size=layout.paper)
    shown = [at for at, known in enumerate(filled) if known or at < layout.fixed or not written.places]
    _fold(sheet, layout, shown)
    _scale(sheet, layout, shown)
    return written


def _fold(sheet: Worksheet, layout: Sheet, shown: list[int]) -> None:
    """Fold away the optional columns that say nothing: a click on the plus above them brings them back."""
    for at, column in enumerate(layout.columns):
        if at not in shown or column.width <= HIDDEN:
            dimension = sheet.column_dimensions[get_column_letter(at + 1)]
            dimension.hidden, dimension.outlineLevel = True, 0 if column.width <= HIDDEN else 1


class _Styles(dict[str, int]):
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


def _head(sheet: Worksheet, layout: Sheet, frame: Frame, homes: dict[str, str]) -> None:
    """Write title, way back, keys, bands and headings."""
    language = frame.language
    write(sheet, 1, 1, translate(layout.title, language), "title")
    write(sheet, 2, 1, phrase("back", language), "link-small", frame.cover)
    beside = _beside(layout, translate(layout.title, language))
    if beside > 1:
        write(sheet, 1, beside, translate(layout.about, language) if layout.about else "", "subtitle")
        hint = phrase("hint", language) if layout.bands else ""
        write(sheet, 2, beside if _room(layout, beside) > _SMALL * len(hint) else 2, hint, "hint")
    band = None
    for number, column in enumerate(layout.columns, 1):
        if frame.keyed:
            write(sheet, KEYS, number, f"{layout.key}.{language}.{column.key}", "hint")
        begins = column.band != band
        band = column.band
        said = translate(layout.bands[band], language) if band and begins else ""
        extra = "-extra" if band.startswith("extra") else ""
        write(sheet, BANDS, number, said, f"band{extra}" if begins else f"band{extra}-rest")
        _heading(sheet, number, column, language, homes.get(column.key, ""), red=layout.marks == "red")
    sheet.row_dimensions[KEYS].hidden = frame.keyed
    heads = [
        (translate(column.label, language), column.width - 4) for column in layout.columns if column.width > HIDDEN
    ]
    for row, points in ((1, 30.0), (2, 18.0), (BANDS, 17.0 if layout.bands else 3.0), (KEYS, 3.0), (WAYS, 13.0 if homes else 2.0), (HEADS, max(26.0, height(heads)))):  # fmt: skip
        sheet.row_dimensions[row].height = points


def _beside(layout: Sheet, title: str) -> int:
    """Return the first column beside those that stay in sight that a sheet's title leaves free."""
    reach, beside = 0.0, 1
    while beside < len(layout.columns) and (beside <= layout.fixed or reach < _LETTER * len(title)):
        reach += layout.columns[beside - 1].width
        beside += 1
    return beside


def _first_leaf(layout: Sheet) -> int:
    """Return how many columns the first leaf has."""
    return next((number for number, column in enumerate(layout.columns) if column.leaf), len(layout.columns))


def _room(layout: Sheet, at: int) -> float:
    """Return how wide the first leaf is from a column on."""
    return sum(column.width for column in layout.columns[at - 1 : _first_leaf(layout)])


def _heading(sheet: Worksheet, number: int, column: Column, language: str, home: str, *, red: bool) -> None:
    """Write a column's heading, with the note that says what the law asks, and the way to where it is changed."""
    extra = "-extra" if column.band.startswith("extra") else ""
    write(sheet, WAYS, number, f"→ {home}" if home else "", f"way{extra}", home)
    mark = "-red" if red and column.required else ""
    write(sheet, HEADS, number, translate(column.label, language), f"head{extra}{mark}")
    if column.note:
        note = Comment(translate(column.note, language), "ropa")
        note.width, note.height = 300, 110
        sheet.cell(HEADS, number).comment = note
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = column.width + 0.71
    dimension.number_format = "@"


def _parted(layout: Sheet, line: Line, wides: list[float], language: str) -> list[tuple[Value, ...]]:
    """Return a record's rows: more than one where a text is longer than a row can show."""
    parts = [pieces(value.text, wide) for wide, value in zip(wides, line.values, strict=True)]
    most = max(map(len, parts))
    if most == 1:
        return [line.values]
    keys = [column.key for column in layout.columns]
    identity = keys.index("id") if "id" in keys else 0
    name = 1 if identity == 0 and len(keys) > 1 else 0
    found = [tuple(replace(value, text=part[0]) for part, value in zip(parts, line.values, strict=True))]
    for at in range(1, most):
        cells = [replace(value, text=part[at] if at < len(part) else "") for part, value in zip(parts, line.values, strict=True)]  # fmt: skip
        cells[identity] = replace(line.values[identity], text=f"{line.id}#{at + 1}")
        if len(parts[name]) == 1:
            cells[name] = replace(line.values[name], text=phrase("continued", language, name=parts[name][0], at=at + 1, of=most))  # fmt: skip
        found.append(tuple(cells))
    return found


def paper(sheet: Worksheet, frame: Frame, title: str, *, portrait: bool = False, size: str = "A4") -> None:
    """Set up a sheet for paper, with a header and a footer."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = _PAPERS[size]
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


def _scale(sheet: Worksheet, layout: Sheet, shown: list[int]) -> None:
    """Scale a sheet to the width of the paper: one leaf if that can be read, else leaves that begin where the layout says."""
    widths = [column.width + 0.71 if at in shown else 0.0 for at, column in enumerate(layout.columns)]
    most = WIDE[layout.paper] / (LEAST * POINTS)
    begins = _leaves(widths, [at for at, column in enumerate(layout.columns) if column.leaf and at > layout.fixed], layout.fixed, most)  # fmt: skip
    if not begins:
        sheet.page_setup.fitToHeight = 0
        sheet.page_setup.fitToWidth = 1
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        return
    sheet.print_title_cols = f"A:{get_column_letter(layout.fixed)}"
    keys = sum(widths[: layout.fixed])
    leaves = [sum(widths[: begins[0]]), *(keys + sum(widths[at:end]) for at, end in pairwise([*begins, len(widths)]))]
    sheet.page_setup.scale = int(100 * min(1.0, WIDE[layout.paper] / (max(leaves) * POINTS)))
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.col_breaks = ColBreak()
    for begin in begins:
        sheet.col_breaks.append(Break(id=begin))


def _leaves(widths: list[float], wanted: list[int], fixed: int, most: float) -> list[int]:
    """Return where new leaves begin: where the layout says, if both do not fit on one, and where a column does not fit."""
    begins: list[int] = []
    keys = filled = sum(widths[:fixed])
    for at, end in pairwise([fixed, *wanted, len(widths)]):
        for column in range(at, end):
            wide = sum(widths[at:end]) if column == at else widths[column]
            if wide and filled > keys and filled + wide > most:
                begins.append(column)
                filled = keys
            filled += widths[column]
    return begins
