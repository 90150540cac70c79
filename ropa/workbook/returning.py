"""A workbook that came back: which sheets, rows and columns those are, whatever was moved, renamed or sorted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from ropa.languages import LANGUAGES
from ropa.workbook.cards import CARD
from ropa.workbook.layout import Layout, Sheet
from ropa.workbook.sheets import FIRST, KEYS
from ropa.workbook.unpacking import Table
from ropa.workbook.words import phrase

__all__ = ["Cell", "Remark", "Seen", "SeenRow", "seen"]

_KEY = re.compile(rf"([a-z0-9-]+)\.({'|'.join(LANGUAGES)})\.(\S.*)")
_PART = re.compile(r"(.*)#([0-9]+)")
_SEARCHED = 40
"""Rows from the top in which the hidden row of keys is looked for."""


@dataclass(frozen=True)
class Cell:
    """A cell that came back: where it is, and what it says."""

    sheet: str
    row: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        name = self.sheet if re.fullmatch(r"\w+", self.sheet) else f"'{self.sheet}'"
        return f"{name}!{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class Remark:
    """Something to say about the workbook: refused, or only noticed; where, and in which words."""

    cell: Cell
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """Return what there is to say, in a language."""
        return phrase(self.key, language, **self.facts)

    def __str__(self) -> str:
        return f"{self.cell}: {self.words('en')}"


@dataclass
class SeenRow:
    """A row: its id (empty for a new one), and its cells by the key of their column."""

    id: str
    at: Cell
    cells: dict[str, Cell]


@dataclass
class Seen:
    """A sheet of the layout, as it came back."""

    sheet: Sheet
    language: str
    rows: list[SeenRow] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    refusals: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def seen(tables: tuple[Table, ...], layout: Layout) -> Iterator[Seen]:
    """Yield the sheets of a layout that are among those of a workbook."""
    sheets = {one.key: one for one in layout.sheets}
    for table in tables:
        for at, cells in enumerate(table.rows[:_SEARCHED]):
            if cells and cells[0] == CARD and len(cells) > 2:
                key, _, language = cells[1].rpartition(".")
                if key in sheets and language in LANGUAGES:
                    yield _card(table, sheets[key], language, cells[2], at)
                break
            keyed = {number: found for number, text in enumerate(cells) if (found := _KEY.fullmatch(text))}
            known = [found for found in keyed.values() if found[1] in sheets]
            if known:
                columns = {number: found[3] for number, found in keyed.items() if found[1] == known[0][1]}
                yield _Table(table, sheets[known[0][1]], known[0][2], at, columns).read()
                break


def _card(table: Table, sheet: Sheet, language: str, one: str, at: int) -> Seen:
    """Read a card: below the row of keys, each field has its key in the first column and its value in the third."""
    texts: dict[str, list[tuple[int, int, str]]] = {}
    for number, cells in enumerate(table.rows[at + 1 :], at + 2):
        if cells and cells[0]:
            parted = _PART.fullmatch(cells[0])
            key, part = (parted[1], int(parted[2])) if parted else (cells[0], 1)
            texts.setdefault(key, []).append((part, number, cells[2] if len(cells) > 2 else ""))
    found = {key: Cell(table.name, parts[0][1], 3, "".join(text for _, _, text in sorted(parts))) for key, parts in texts.items()}  # fmt: skip
    row = SeenRow(one, Cell(table.name, at + 1, 3), found)
    return Seen(sheet, language, [row], tuple(found))


@dataclass
class _Table:
    """Reads a sheet that is a table."""

    table: Table
    sheet: Sheet
    language: str
    at: int
    """Where the row of keys is."""
    columns: Mapping[int, str]

    def read(self) -> Seen:
        result = Seen(self.sheet, self.language, columns=tuple(self.columns.values()))
        if len(set(result.columns)) < len(result.columns):
            twice = next(key for key in result.columns if result.columns.count(key) > 1)
            result.refusals.append(Remark(self._cell(self.at, 0), "two_columns", {"key": twice}))
        elif "id" not in result.columns and self.sheet.kind == "table":
            result.refusals.append(Remark(self._cell(self.at, 0), "no_ids"))
        if self.table.merged:
            where = Cell(f"{self.table.name}", *_place(self.table.merged[0]))
            result.refusals.append(Remark(where, "merged", {"cells": self.table.merged[0]}))
        if not result.refusals:
            self._rows(result)
        return result

    def _rows(self, result: Seen) -> None:
        first = self.at + FIRST - KEYS
        parts: dict[str, list[tuple[int, SeenRow]]] = {}
        for number in range(first, len(self.table.rows)):
            row = self._row(number)
            self._strays(number, result)
            if not row.id and not any(cell.text.strip() for cell in row.cells.values()):
                continue
            if not row.id:
                result.rows.append(row)
                continue
            parted = _PART.fullmatch(row.id)
            one, part = (parted[1], int(parted[2])) if parted else (row.id, 1)
            row.id = one
            parts.setdefault(one, []).append((part, row))
        for found in parts.values():
            self._join(sorted(found, key=lambda each: each[0]), result)

    def _row(self, number: int) -> SeenRow:
        cells = {key: self._cell(number, column) for column, key in self.columns.items()}
        identity = cells.pop("id", None)
        return SeenRow(identity.text.strip() if identity else "", self._cell(number, 0), cells)

    def _strays(self, number: int, result: Seen) -> None:
        """Note a column that was put in: what it says reaches no field."""
        for column, text in enumerate(self.table.rows[number]):
            known = column in self.columns or any(note.cell.column == column + 1 for note in result.notes)
            if text.strip() and not known:
                result.notes.append(Remark(self._cell(number, column), "stray"))

    def _join(self, found: list[tuple[int, SeenRow]], result: Seen) -> None:
        """Put together the rows of one record; two rows that claim to be the same one are refused."""
        first = found[0][1]
        if [part for part, _ in found] != list(range(1, len(found) + 1)):
            rows = " / ".join(str(row.at.row) for _, row in found)
            result.refusals.append(Remark(first.at, "two_rows", {"id": first.id, "rows": rows}))
            return
        for key, cell in first.cells.items():
            more = [row.cells[key].text for _, row in found[1:]]
            text = cell.text + "".join(text for text in more if not self._continues(text))
            first.cells[key] = Cell(cell.sheet, cell.row, cell.column, text)
        result.rows.append(first)

    def _continues(self, text: str) -> bool:
        """Tell whether a cell only says that a record goes on."""
        pattern = re.escape(phrase("continued", self.language, name="NAME", at="AT", of="OF"))
        for fact, written in (("NAME", ".*"), ("AT", "[0-9]+"), ("OF", "[0-9]+")):
            pattern = pattern.replace(fact, written)
        return re.fullmatch(pattern, text, re.DOTALL) is not None

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.table.rows[row]
        return Cell(self.table.name, row + 1, column + 1, cells[column] if column < len(cells) else "")


def _place(cells: str) -> tuple[int, int]:
    """Return row and column of the first cell of a range like `A7:A9`."""
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(cells.partition(":")[0])
