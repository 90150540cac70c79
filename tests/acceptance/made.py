"""The workbooks that are accepted: each made once, and seen as the file has it."""

from __future__ import annotations

import runpy
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import ropa
from ropa.workbook.layout import Column, Sheet, layout
from ropa.workbook.sheets import FIRST, HEADS, KEYS

DAY = date(2026, 11, 22)
MANY = 300

BOOKS = (
    "sensus nl article30",
    "model nl+en article30",
    "model en ico",
    "model nl apd",
    "qwant fr cnil",
    "37signals en processor",
    f"generated-{MANY} en article30",
)
"""Register, languages, layout."""


@cache
def loaded(register: str) -> ropa.Loaded:
    """Return a register of the repository, or a generated one of so many activities."""
    name, _, number = register.partition("-")
    if name != "generated":
        return ropa.load(f"registers/{register}")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / name
        runpy.run_path("benchmarks/generated.py")["write"](made, int(number))
        return ropa.load(made)


@cache
def checked(register: str) -> ropa.Report:
    """Return the report on a register on the day of these tests."""
    found = loaded(register)
    assert not found.problems
    return ropa.check(found, on=DAY)


@dataclass(frozen=True)
class Grid:
    """A sheet that is a table: where its columns are, and its rows of records."""

    made: Made
    page: Worksheet
    sheet: Sheet
    language: str
    keys: tuple[str, ...]

    @property
    def last(self) -> int:
        """The last row that holds something."""
        return self.page.max_row

    @property
    def letters(self) -> dict[str, str]:
        """The letter of each column, by its key."""
        return {key: get_column_letter(at) for at, key in enumerate(self.keys, 1)}

    @property
    def columns(self) -> Iterator[tuple[str, Column]]:
        """Each column of the layout that the sheet has, with its letter."""
        for column in self.sheet.columns:
            if column.key in self.letters:
                yield self.letters[column.key], column

    def heading(self, key: str) -> Cell:
        """The heading of a column."""
        return self.cell(key, HEADS)

    def cell(self, key: str, row: int) -> Cell:
        """A cell by the key of its column."""
        cell = self.page[f"{self.letters[key]}{row}"]
        assert isinstance(cell, Cell)
        return cell

    def text(self, key: str, row: int) -> str:
        """What a cell says."""
        return str(self.cell(key, row).value or "")

    @property
    def ids(self) -> dict[int, str]:
        """The id in each row of records."""
        rows = range(FIRST, self.last + 1) if "id" in self.keys else ()
        return {row: said for row in rows if (said := self.text("id", row))}


class Made:
    """A workbook as it was written."""

    def __init__(self, name: str, file: Path, **options: Any) -> None:
        register, languages, self.layout = name.split(" ")
        self.register, self.languages = register, tuple(languages.split("+"))
        self.name, self.file = name, file
        ropa.export(checked(register), file, language=self.languages, layout=self.layout, **options)

    @cached_property
    def book(self) -> Workbook:
        """The workbook, as openpyxl reads it."""
        return openpyxl.load_workbook(self.file)

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts of the file as text, by name."""
        with zipfile.ZipFile(self.file) as file:
            return {name: file.read(name).decode() for name in file.namelist()}

    @property
    def pages(self) -> list[Worksheet]:
        """The sheets that a reader sees."""
        return [page for page in self.book.worksheets if page.sheet_state == "visible"]

    @cached_property
    def grids(self) -> list[Grid]:
        """The sheets that are tables, known by the keys in their hidden row."""
        return [grid for page in self.pages if (grid := self._grid(page))]

    def _grid(self, page: Worksheet) -> Grid | None:
        said = [str(cell.value).split(".", 2) for cell in page[KEYS] if cell.value]
        if not said or len(said[0]) < 3:
            return None
        (key, language, _), sheets = said[0], {one.key: one for one in layout(self.layout).sheets}
        return Grid(self, page, sheets[key], language, tuple(each for _, _, each in said))

    def grid(self, key: str, language: str = "") -> Grid:
        """A sheet by its key."""
        wanted = language or self.languages[0]
        return next(one for one in self.grids if (one.sheet.key, one.language) == (key, wanted))


def links(page: Worksheet) -> dict[str, str]:
    """Return where the cells of a sheet lead to."""
    found = {}
    for row in page.iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                assert cell.hyperlink.id is None, f"{page.title}!{cell.coordinate} leads out of the file"
                found[cell.coordinate] = str(cell.hyperlink.location)
    return found


def hidden_columns(page: Worksheet) -> set[int]:
    """Return the numbers of the columns that are hidden or folded away; one dimension may stand for several."""
    dimensions = page.column_dimensions.values()
    return {number for one in dimensions if one.hidden for number in range(one.min or 0, (one.max or 0) + 1)}


def visible(page: Worksheet) -> Iterator[Cell]:
    """Yield the cells of a sheet that a reader sees, and that say something."""
    away = hidden_columns(page)
    for row in page.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell) or cell.value in (None, ""):
                continue
            if cell.column not in away and not page.row_dimensions[cell.row].hidden:
                yield cell
