"""The text of a workbook that came back from Excel or LibreOffice: every sheet, cell by cell, or one clear error.

An .xlsx is looked over first and then read by calamine, from a copy that holds nothing but what was
looked at: calamine ends the process on a far cell, and drops errors. An .ods says its values in plain
XML and is read here: calamine drops tabs and line breaks from it.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from ropa.collector import paused_collector
from ropa.errors import WorkbookError
from ropa.workbook.suspicion import (
    BROKEN,
    DAMAGED,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_OUTLINE,
    MAX_PART,
    Package,
    Tally,
    Watcher,
    opened,
)

__all__ = ["Table", "unpacked"]

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MAX_MERGED = 100_000
_RANGE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?")


_T = TypeVar("_T")


@dataclass(frozen=True)
class Table:
    """A sheet as text.

    `rows` begin with row 1 and end with the last one that says something, so does each row; an empty
    cell is "". `merged` are the ranges of cells shown as one ("A7:A9"), of which the first has the text.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = ()
    hidden: bool = False


def unpacked(path: str | os.PathLike[str]) -> tuple[Table, ...]:
    """Return every sheet of a workbook (.xlsx, .ods), hidden ones too, as text.

    Text is what the cell says, to the last blank; 7.0 is "7", a date "2026-07-01", with a time of day
    "2026-07-01 10:30", true "TRUE". Nothing in the file is run or fetched; memory and time are bounded.
    Raises WorkbookError for what is not a workbook, is locked or damaged, holds formulas, errors, macros
    or links to data elsewhere, or is larger than a register can be.
    """
    with paused_collector():
        try:
            package = opened(path)
            tables = tuple(_read_ods(package) if package.is_ods else _read_xlsx(package))
        except BROKEN as error:
            raise WorkbookError(os.fspath(path), DAMAGED) from error
    if not tables:
        raise WorkbookError(os.fspath(path), DAMAGED)
    return tables


# --- .xlsx ----------------------------------------------------------------------------------------


def _read_xlsx(package: Package) -> Iterator[Table]:
    """Look over the sheets, and yield what calamine reads in the copy of them."""
    home = next((part for kind, part in _related(package, "").values() if kind == "officeDocument"), "")
    book, related, tally = _Book(), _related(package, home), Tally(package)
    package.walk(home, book)
    copy = io.BytesIO()
    sheets, used = list[_Cells](), {home.lower()}
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as clean:
        lengths = _copy_shared(package, dict(related.values()), clean)
        for name, key in book.sheets:
            kind, part = related.get(key, ("", ""))
            if part.lower() in used:  # else one large part could be read as each of a thousand sheets
                raise package.unusual(home)
            used.add(part.lower())
            sheets.append(_Cells(package, part, tally, lengths))
            if kind != "chartsheet":
                tally.sheet(name)
                with clean.open(f"xl/worksheets/{len(sheets)}.xml", "w") as out:
                    package.walk(part, sheets[-1], most=MAX_PART, tidy=_tidied, copy=out.write)
        full = [number for number, cells in enumerate(sheets, 1) if cells.filled]
        _outline(clean, full, is_1904=book.is_1904)
    tally.judge()
    copy.seek(0)
    read = _calamine(package, copy)
    for (name, _), hidden, cells in zip(book.sheets, book.hidden, sheets, strict=True):
        yield Table(name, next(read) if cells.filled else (), cells.ranges(), hidden)


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the part of each relation of a part, by id."""
    folder, name = posixpath.split(part)
    found = _Relations(folder)
    package.walk(posixpath.join(folder, "_rels", f"{name}.rels"), found)
    return found.parts


class _Relations(Watcher):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.parts: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", self.folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.parts[attributes.get("Id", "")] = kind, posixpath.normpath(target).lstrip("/")


class _Book(Watcher):
    """Notes the sheets in their order: name and id of the relation, and which of them are hidden."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: list[bool] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        if _local(name) == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), key))
            self.hidden.append(attributes.get("state", "visible") != "visible")
        elif _local(name) == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


def _copy_shared(package: Package, parts: dict[str, str], clean: zipfile.ZipFile) -> Sequence[int]:
    """Copy what the sheets share; return how long each shared text is."""
    texts = _Texts(package)
    watchers = {"sharedStrings": (texts, MAX_PART), "styles": (Watcher(), MAX_OUTLINE)}
    for kind, (watcher, most) in watchers.items():
        if kind in parts:
            with clean.open(f"xl/{kind}.xml", "w") as out:
                package.walk(parts[kind], watcher, most=most, tidy=_tidied, copy=out.write)
    return texts.lengths


_SAID = r'(?: [\w:]+="[^"<>&]*"){0,20}'
_EMPTY_CELL = re.compile(rf'<c r="[A-Z]+[0-9]+"{_SAID} ?(?:/>|></c>)(?=\s*<c r="|\s*</row>)'.encode())
_EMPTY_ROW = re.compile(rf'<row{_SAID}? r="[0-9]+"{_SAID} ?(?:/>|></row>)(?=\s*<row |\s*</sheetData>)'.encode())


def _tidied(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Drop cells and rows that say nothing, of which there may be a million, and say that all blanks count.

    Spreadsheets say so where a text begins or ends with one. Some writers do not, and LibreOffice
    keeps the blanks nevertheless; versions of calamine differ.
    """
    seam = b""
    for chunk in chunks:
        chunk = seam + chunk
        cut = chunk.rfind(b"<", -4096)  # a tag may go on in the next chunk
        seam, chunk = (chunk[cut:], chunk[:cut]) if cut >= 0 else (b"", chunk)
        chunk = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", chunk))
        yield chunk.replace(b"<t>", b'<t xml:space="preserve">')
    yield seam


class _Texts(Watcher):
    """Measures the texts that cells share."""

    def __init__(self, package: Package) -> None:
        self.lengths = array("L")
        self._package = package

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - it needs none
        self.seen += 1
        if _local(name) == "si":
            self.lengths.append(0)
            self.parser.CharacterDataHandler = self._text
            if len(self.lengths) > MAX_CELLS:
                raise self._package.refusal(DAMAGED)

    def _text(self, data: str) -> None:
        self.lengths[-1] += len(data)


class _Cells(Watcher):
    """Looks over the cells of a sheet: they come in order, each in its place, and are counted."""

    def __init__(self, package: Package, part: str, tally: Tally, lengths: Sequence[int]) -> None:
        self._merged: list[str] = []
        self.filled = self._inside = False
        self._unusual = package.unusual(part)
        self._tally, self._lengths = tally, lengths
        self._row = self._beyond = 0
        self._at, self._columns = "", list[int]()
        self._cell: dict[str, str] = {}
        self._is_new = False
        self._digits: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._cell, self._is_new = attributes, True
            self._at, self._beyond = (attributes["r"], 0) if "r" in attributes else (self._at, self._beyond + 1)
        elif not self._inside:
            if name == "sheetData":
                self._inside = True
            elif name == "mergeCell":
                self._merge(attributes.get("ref", ""))
        elif name in ("v", "is", "f"):
            self._content(name)
        elif name == "row":
            self._end_row()
            self._begin_row(attributes.get("r"))

    def end(self, name: str) -> None:
        if self._digits is not None:
            self._end_shared("".join(self._digits))
        elif name.endswith("sheetData"):
            self._end_row()
            self._inside = False

    def _content(self, name: str) -> None:
        """Note that the cell says something, and what it must not be."""
        if self._is_new:
            self._columns.append(self._column())
            self._is_new = False
        if name == "f":
            self._tally.formula(self._columns[-1], self._row)
        elif self._cell.get("t") == "e":
            self._tally.error(self._columns[-1], self._row)
        elif name == "v" and self._cell.get("t") == "s":
            self._digits = []
            self.parser.CharacterDataHandler = self._digits.append

    def _column(self) -> int:
        """Return the column of the cell: cells stand in order, and need not say where."""
        letters = self._at.rstrip("0123456789")
        column = _number(letters) + self._beyond
        is_ours = self._at[len(letters) :] == str(self._row) if self._at else self._row > 0
        if not is_ours or not (self._columns[-1] if self._columns else 0) < column <= _LAST_COLUMN:
            raise self._unusual
        return column

    def _begin_row(self, said: str | None) -> None:
        row = self._row + 1 if said is None else int(said) if said.isdecimal() else 0
        if not self._row < row <= _LAST_ROW:
            raise self._unusual
        self._row, self._at, self._beyond = row, "", 0
        self._is_new = True  # what stands in no cell has no place

    def _end_row(self) -> None:
        if self._columns:
            self._tally.row(self._row, self._columns)
            self._columns, self.filled = [], True

    def _end_shared(self, said: str) -> None:
        """Count the text that a cell shares."""
        self.parser.CharacterDataHandler, self._digits = None, None
        if said and not (said.isdecimal() and int(said) < len(self._lengths)):
            raise self._unusual
        self._tally.text(self._lengths[int(said)] if said else 0, self._columns[-1], self._row)

    def ranges(self) -> tuple[str, ...]:
        """Return the ranges shown as one cell, from the top down: some writers know no order."""
        return tuple(sorted(self._merged, key=lambda cells: coordinate_to_tuple(cells.partition(":")[0])))

    def _merge(self, cells: str) -> None:
        if _RANGE.fullmatch(cells) is None or len(self._merged) >= _MAX_MERGED:
            raise self._unusual
        self._merged.append(cells)


@lru_cache(maxsize=1_000)
def _number(letters: str) -> int:
    """Return which column has these letters: C is 3; what is none, is too far."""
    if not letters:
        return 0
    if re.fullmatch("[A-Z]{1,3}", letters) is None:
        return _LAST_COLUMN + 1
    return column_index_from_string(letters)


def _local(name: str) -> str:
    return name[name.find(":") + 1 :]


def _outline(clean: zipfile.ZipFile, sheets: Sequence[int], *, is_1904: bool) -> None:
    """Write the parts that say which sheets there are."""
    base = "http://schemas.openxmlformats.org"
    kinds = f"{base}/officeDocument/2006/relationships"
    relations = f'<Relationships xmlns="{base}/package/2006/relationships">{{}}</Relationships>'
    relation = f'<Relationship Id="r{{0}}" Type="{kinds}/{{1}}" Target="{{2}}"/>'
    named = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="r{number}"/>' for number in sheets)
    clean.writestr("_rels/.rels", relations.format(relation.format(0, "officeDocument", "xl/workbook.xml")))
    clean.writestr("xl/workbook.xml", f'<workbook xmlns="{base}/spreadsheetml/2006/main" xmlns:r="{kinds}"><workbookPr date1904="{int(is_1904)}"/><sheets>{named}</sheets></workbook>')  # fmt: skip
    targets = [(str(number), "worksheet", f"worksheets/{number}.xml") for number in sheets]
    targets += [("s", "styles", "styles.xml"), ("t", "sharedStrings", "sharedStrings.xml")]
    clean.writestr("xl/_rels/workbook.xml.rels", relations.format("".join(relation.format(*each) for each in targets)))


def _calamine(package: Package, copy: io.BytesIO) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the rows of each sheet. Raises WorkbookError for what calamine cannot read."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(copy)
        for number in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(number)
            left = [""] * (sheet.start[1] if sheet.start else 0)  # it begins with row 1, but not with column A
            yield _cut(_cut(left + [v if isinstance(v, str) else _text(v) for v in row]) for row in sheet.iter_rows())
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"  # what Rust raises for its own faults
        if is_panic or isinstance(error, Exception):
            raise package.refusal(DAMAGED) from error
        raise


def _cut(parts: Iterable[_T]) -> tuple[_T, ...]:
    """Return all parts but the empty ones at the end."""
    found = list(parts)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _text(value: float | date | time | timedelta) -> str:
    """Say a value as the register does."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            is_whole = abs(value) < 1e15 and value == int(value)  # beyond, floats skip whole numbers
            return str(int(value)) if is_whole else repr(value)
        case datetime():
            value = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # days are floats in the file
            clock = _clock(value.hour * 3600 + value.minute * 60 + value.second)
            return value.date().isoformat() + (f" {clock}" if clock != "00:00" else "")
        case date():
            return value.isoformat()
        case time():
            return _clock(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
        case timedelta():
            return _clock(value.total_seconds())


def _clock(seconds: float) -> str:
    """Write a time of day, or how long something takes, as 10:30; with seconds if there are any."""
    minutes, rest = divmod(round(abs(seconds)), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
    return f"-{text}" if seconds < 0 else text


# --- .ods -----------------------------------------------------------------------------------------

_PREFIXES = {
    "http://www.w3.org/1999/xlink": "xlink",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:script:1.0": "script",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_BESIDE = {"office:annotation", "office:forms", "table:shapes", "table:tracked-changes", "text:note", "text:ruby-text"}
_LEVELS = {"table:table": 0, "table:table-row": 1, "table:table-cell": 2, "table:covered-table-cell": 2, "text:p": 3}
_BLANKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_MACROS = {"office:script", "script:event-listener"}
_SOURCES = re.compile("table:(?:table|cell-range|database)-source.*|table:dde-link|office:dde-source")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\.\./")
_DURATION = re.compile(r"(-?)PT([0-9]+)H([0-9]+)M([0-9]+(?:\.[0-9]+)?)S")


def _read_ods(package: Package) -> Sequence[Table]:
    sheets = _Sheets(package)
    package.walk("content.xml", sheets, most=MAX_PART, names=" ")
    sheets.tally.judge()
    return sheets.tables


class _Sheets(Watcher):
    """Reads the sheets of an .ods: rows and cells stand in order, and say how many times they do."""

    def __init__(self, package: Package) -> None:
        self.tables: list[Table] = []
        self.tally = Tally(package)
        self._package = package
        self._style, self._hidden = "", set[str]()
        self._beside = 0
        """How deep inside what is no text of a cell."""
        self._level = 0
        """How many of table, row, cell and paragraph are open."""
        self._table, self._cell = dict[str, str](), dict[str, str]()
        self._row = self._column = self._times = 1
        self._rows, self._merged = list[tuple[str, ...]](), list[str]()
        self._texts, self._columns = list[str](), list[int]()
        self._paragraphs, self._pieces = list[str](), list[str]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        name = _prefixed(name)
        said = {_prefixed(key): value for key, value in attributes.items()}
        is_link = name not in ("text:a", "draw:a") and _ELSEWHERE.match(said.get("xlink:href", ""))
        if name in _MACROS:
            raise self._package.macros(name)
        if is_link or _SOURCES.fullmatch(name):
            raise self._package.links(said.get("xlink:href", name))
        if self._beside or name in _BESIDE or name.startswith("draw:"):
            self._beside += 1
            self.parser.CharacterDataHandler = None
        elif name in _LEVELS:
            self._enter(name, said)
        elif name in _BLANKS and self._level > _LEVELS["text:p"]:
            times = _count(said, "text:c")
            self.tally.text(times, self._column, self._row)
            self._pieces.append(_BLANKS[name] * times)
        elif name == "style:style":
            self._style = said.get("style:name", "")
        elif name == "style:table-properties" and said.get("table:display") == "false":
            self._hidden.add(self._style)

    def end(self, name: str) -> None:
        if self._beside:
            self._beside -= 1
            if not self._beside and self._level > _LEVELS["text:p"]:
                self.parser.CharacterDataHandler = self._pieces.append
        elif (level := _LEVELS.get(_prefixed(name), self._level)) < self._level:
            self._level = level
            (self._end_table, self._end_row, self._end_cell, self._end_paragraph)[level]()

    def _enter(self, name: str, said: dict[str, str]) -> None:
        """Begin with a table, a row, a cell or a paragraph; each stands in the one before."""
        level = _LEVELS[name]
        if name == "text:p" and self._level < level:
            return  # of a hint to a cell, or the like
        if level != self._level:
            raise self._package.unusual("content.xml")
        self._level += 1
        (self._begin_table, self._begin_row, self._begin_cell, self._begin_paragraph)[level](said)

    def _begin_table(self, said: dict[str, str]) -> None:
        self._table, self._row, self._rows, self._merged = said, 1, [], []
        self.tally.sheet(said.get("table:name", ""))

    def _end_table(self) -> None:
        name, style = self._table.get("table:name", ""), self._table.get("table:style-name")
        self.tables.append(Table(name, tuple(self._rows), tuple(self._merged), style in self._hidden))

    def _begin_row(self, said: dict[str, str]) -> None:
        self._times = _count(said, "table:number-rows-repeated")
        self._texts, self._columns, self._column = [], [], 1

    def _end_row(self) -> None:
        if self._columns:
            self.tally.row(self._row, self._columns, self._times)
            self._rows.extend([()] * (self._row - 1 - len(self._rows)))
            self._rows.extend([tuple(self._texts)] * self._times)
        self._row += self._times

    def _begin_cell(self, said: dict[str, str]) -> None:
        self._cell, self._paragraphs = said, []

    def _end_cell(self) -> None:
        times = _count(self._cell, "table:number-columns-repeated")
        self._look_at(self._cell, times)
        text = _value(self._cell, "\n".join(self._paragraphs))
        last = self._column + times - 1
        if text:
            if times > MAX_COLUMNS or last > _LAST_COLUMN:
                raise self.tally.too_wide(self._column, self._row)
            self.tally.text(len(text) * times * self._times, self._column, self._row)
            self._texts.extend([""] * (self._column - 1 - len(self._texts)) + [text] * times)
            self._columns.extend(range(self._column, last + 1))
        self._column = last + 1

    def _look_at(self, said: dict[str, str], times: int) -> None:
        """Note what a cell must not be, and whether it is one with its neighbours."""
        if "table:formula" in said:
            self.tally.formula(self._column, self._row, times * self._times)
        if said.get("calcext:value-type") == "error":
            self.tally.error(self._column, self._row)
        wide, high = (_count(said, f"table:number-{one}-spanned") for one in ("columns", "rows"))
        if len(self._merged) >= _MAX_MERGED:
            raise self._package.unusual("content.xml")
        if wide * high > 1:
            last = f"{get_column_letter(self._column + wide - 1)}{self._row + high - 1}"
            self._merged.append(f"{get_column_letter(self._column)}{self._row}:{last}")

    def _begin_paragraph(self, _: dict[str, str]) -> None:
        self._pieces = []
        self.parser.CharacterDataHandler = self._pieces.append

    def _end_paragraph(self) -> None:
        self.parser.CharacterDataHandler = None
        self._paragraphs.append("".join(self._pieces))


def _value(said: dict[str, str], text: str) -> str:
    """Return what a cell says: its value if it has one, else its text."""
    match said.get("office:value-type"):
        case "float" | "percentage" | "currency":
            return _text(float(said.get("office:value", "")))
        case "boolean":
            return said.get("office:boolean-value", "").upper()
        case "date":
            day = said.get("office:date-value", "")
            with suppress(ValueError):  # a year that Python does not know
                return _text(datetime.fromisoformat(day)) if "T" in day else day
            return day
        case "time" if found := _DURATION.fullmatch(said.get("office:time-value", "")):
            seconds = int(found[2]) * 3600 + int(found[3]) * 60 + float(found[4])
            return _clock(-seconds if found[1] else seconds)
        case _:
            return said.get("office:string-value", text)


def _count(said: dict[str, str], key: str) -> int:
    """Return how many times something stands. Raises ValueError."""
    number = int(said.get(key, "1"))
    if not 0 < number <= _LAST_ROW:
        raise ValueError(number)
    return number


@lru_cache(maxsize=1_000)
def _prefixed(name: str) -> str:
    """Return a name of the format with its usual prefix, whichever the file has; foreign ones as they are."""
    space, _, local = name.rpartition(" ")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else name
