"""The workbook as a whole: for each language the cover, then each sheet of the layout; at the end what it remembers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from ropa.graph import Graph
from ropa.model import Register
from ropa.source.page import Words, translate
from ropa.standing import Standings
from ropa.version import __version__
from ropa.workbook.aids import aid, range_name
from ropa.workbook.cards import card_titles, cards
from ropa.workbook.cover import Cover, Edition
from ropa.workbook.fields import field as field_of
from ropa.workbook.found import finding_lines, mentions, owner_of
from ropa.workbook.layout import Sheet
from ropa.workbook.lines import fitted, lines, trimmed
from ropa.workbook.lists import list_lines
from ropa.workbook.picture import drawing, flows
from ropa.workbook.remembering import MEMORY, Memory, heading, memorised, packed_records, worth_memory
from ropa.workbook.rows import rows
from ropa.workbook.sheets import Frame, Line, Table, paper, table
from ropa.workbook.speaking import Speaker
from ropa.workbook.words import about_field

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ropa.checking import Report
    from ropa.findings import Finding

__all__ = ["Book", "Part", "build", "digest", "sheet_key", "speaker"]

Progress = Callable[[int, int], None]
"""Told how many sheets are written, of how many."""


@dataclass
class Book:
    """A workbook, with what goes past openpyxl: the rows, links and drawings of its sheets, by title."""

    workbook: Workbook
    tables: dict[str, Table] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)


def digest(report: Report) -> str:
    """Return the SHA-256 of what the register says, whatever its files and the order of keys."""
    plain = json.dumps(report.loaded.sources.merged, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def sheet_key(sheet: Sheet, language: str) -> str:
    """Return by what key a workbook remembers a sheet."""
    return f"{sheet.key}.{language}"


def speaker(report: Report, register: Register, language: str) -> Speaker:
    """Return what says a checked register in a language."""
    standings = report.standings or Standings(Graph(register), report.law, report.on)
    return Speaker(standings, language, report.loaded.sources.merged)


def build(
    report: Report, register: Register, languages: Sequence[str], edition: Edition, progress: Progress | None = None
) -> Book:
    """Build the workbook of a register, as an edition of it."""
    book = Book(Workbook())
    workbook, on = book.workbook, report.on
    workbook.remove(workbook.worksheets[0])
    workbook.properties.created = workbook.properties.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - the format knows no zones
    workbook.properties.creator = f"ropa {__version__}"
    for name, value in (("ropa digest", edition.digest), ("ropa law", report.law.version), ("ropa revision", edition.revision)):  # fmt: skip
        workbook.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]  # the stubs lag behind
    workbook.properties.title = speaker(report, register, languages[0]).say("title")
    written = [_Written(book, report, register, language, edition, len(languages)) for language in languages]
    count = sum(len(part.sheets) + 1 for part in written)
    for done, _ in enumerate((title for part in written for title in part.write()), 1):
        if progress is not None:
            progress(done, count)
    if not edition.authority:
        columns = {key: keys for part in written for key, keys in part.columns.items()}
        made = Memory(__version__, edition.layout.name, tuple(languages), on.isoformat(), edition.digest, edition.revision, columns)  # fmt: skip
        _remember(book, heading(made), [row for part in written for row in part.memory])
    return book


def _remember(book: Book, first: str, memory: list[tuple[str, str, str]]) -> None:
    """Write the sheet that spreadsheets do not show."""
    sheet = book.workbook.create_sheet(MEMORY)
    sheet.sheet_state = "veryHidden"
    sheet["A1"].value, sheet["A1"].data_type = first, "s"
    written = book.tables[MEMORY] = Table()
    for at, cells in enumerate(packed_records(memory), 2):
        texts = "".join(f'<c r="{letter}{at}" t="inlineStr"><is><t>{text}</t></is></c>' for letter, text in zip("AB", cells, strict=True))  # fmt: skip
        written.rows.append(f'<row r="{at}">{texts}</row>')


class Part:
    """What the workbook says in one language: its sheets with their titles, and the lines of each."""

    def __init__(self, report: Report, register: Register, language: str, edition: Edition, of: int) -> None:
        self.report, self.edition = report, edition
        self.say = speaker(report, register, language)
        self.suffix = f" ({language})" if of > 1 else ""
        wanted = [one for one in edition.layout.sheets if self._wanted(one)]
        self.sheets = [fitted(self.say, one, authority=edition.authority) for one in wanted]
        if edition.authority:
            self.sheets = [trimmed(self.say, one) for one in self.sheets]
        self.titles = {one.key: self.title(one.title) for one in self.sheets}
        self.found: list[tuple[Finding, Line]] = []
        for one in self.sheets:
            if one.kind == "findings":
                self.found = finding_lines(report, self.say, one)
        self.say.kept["findings"] = mentions(self.found)

    def title(self, words: Words) -> str:
        """Return what a sheet is called; with the language, in a workbook that speaks several."""
        return f"{translate(words, self.say.language)}{self.suffix}"

    def _wanted(self, sheet: Sheet) -> bool:
        if sheet.internal and self.edition.authority:
            return False
        return not sheet.only or any(not row.stands_for for row in rows(self.say, sheet.rows))

    def lines_of(self, sheet: Sheet) -> Iterator[Line]:
        """Yield the lines of a sheet."""
        match sheet.kind:
            case "findings":
                yield from (line for _, line in self.found)
            case "lists":
                yield from list_lines(self.say, self.sheets)[0]
            case "table" | "cards":
                yield from (line for _, line in lines(self.say, sheet))


class _Written(Part):
    """A part that is written into a book."""

    def __init__(self, book: Book, report: Report, register: Register, language: str, edition: Edition, of: int) -> None:  # noqa: PLR0917 # fmt: skip
        super().__init__(report, register, language, edition, of)
        self.book, say = book, self.say
        keeper = say.proper(register.keeper.name) if register.keeper else say.text(register.name)
        header = say.say("header", day=report.on.isoformat(), digest=edition.digest[:12])
        cover = f"{say.say('cover')}{self.suffix}"
        self.frame = Frame(language, keeper or say.say("missing"), header, cover, keyed=not edition.authority)
        self.columns: dict[str, tuple[str, ...]] = {}
        self.memory: list[tuple[str, str, str]] = []
        self.places: dict[str, tuple[str, int]] = {}
        """Where each record of the register stands: by its path, the sheet and the row."""

    def write(self) -> Iterator[str]:
        """Write cover and sheets; yield the title of each that is done."""
        create = self.book.workbook.create_sheet
        cover = create(self.frame.cover)
        made: dict[str, Worksheet] = {}
        for one in self.sheets:
            for title in self._titles(one):
                made.setdefault(one.key, create(title))
        contents = [(one, self.titles[one.key], made[one.key].title) for one in self.sheets if one.key in made]
        Cover(cover, self.say, self.report, self.edition).fill(contents)
        paper(cover, self.frame, self.say.say("cover"), portrait=True)
        cover.page_setup.fitToHeight = 1
        cover.sheet_properties.pageSetUpPr.fitToPage = True
        yield self.frame.cover
        for one in sorted(self.sheets, key=lambda one: one.kind == "findings"):  # it leads to all the others
            match one.kind:
                case "table":
                    self._table(made[one.key], one)
                case "cards":
                    self._cards(one)
                case "findings":
                    self._findings(made[one.key], one)
                case "lists":
                    self._lists(made[one.key], one)
                case "picture":
                    self._picture(made[one.key], one)
            yield self.titles[one.key]

    def _titles(self, sheet: Sheet) -> list[str]:
        return card_titles(self.say, sheet, self.suffix) if sheet.kind == "cards" else [self.titles[sheet.key]]

    def _homes(self, sheet: Sheet) -> dict[str, str]:
        """Return the title of the sheet on which each compiled column of a sheet is changed."""
        homes = {column.key: about_field(sheet.rows, column.key).home for column in sheet.columns}
        return {key: self.titles[home] for key, home in homes.items() if home in self.titles and home != sheet.key}

    def _table(self, made: Worksheet, sheet: Sheet) -> None:
        """Write a sheet of records."""
        homes, title = self._homes(sheet), self.titles[sheet.key]
        paths: dict[str, str] = {}
        self.columns[sheet_key(sheet, self.say.language)] = self._worth(sheet)

        def told() -> Iterator[Line]:
            for row, line in lines(self.say, sheet):
                self._remember(sheet, line)
                paths[".".join(map(str, row.path))] = line.id
                yield line

        written = self._fill(made, sheet, told(), homes, "no_rows")
        aid(made, sheet, self.say, written.last, homes)
        for path, one in paths.items():
            self.places.setdefault(path, (title, written.places[one]))
            mention = self.say.kept["findings"].get(path)
            if mention and (cell := _cell(sheet, "findings", written.places[one])):
                there = next(self.titles[other.key] for other in self.sheets if other.kind == "findings")
                written.link(cell, f"{quote_sheetname(there)}!A{mention.row}")

    def _fill(self, made: Worksheet, sheet: Sheet, told: Iterator[Line], homes: dict[str, str], empty: str) -> Table:
        law = any(not band.startswith("extra") for band in sheet.bands)
        made.sheet_properties.tabColor = "1F3B5C" if law else "5B6B7F"
        written = table(made, sheet, told, self.frame, homes, _looks(sheet), self.say.say(empty))
        self.book.tables[self.titles[sheet.key]] = written
        return written

    def _worth(self, sheet: Sheet) -> tuple[str, ...]:
        """Return the columns of a sheet whose cells are remembered."""
        return tuple(column.key for column in sheet.columns if worth_memory(column.key))

    def _remember(self, sheet: Sheet, line: Line) -> None:
        if not self.edition.authority:
            digests = memorised(value.text for column, value in zip(sheet.columns, line.values, strict=True) if worth_memory(column.key))  # fmt: skip
            self.memory.append((sheet_key(sheet, self.say.language), line.id, digests))

    def _cards(self, sheet: Sheet) -> None:
        """Write a sheet for each record."""
        self.columns[sheet_key(sheet, self.say.language)] = self._worth(sheet)
        for title, row, line in cards(self.book.workbook, self.say, sheet, self.frame, self._titles(sheet)):
            self._remember(sheet, line)
            self.places.setdefault(".".join(map(str, row.path)), (title, 1))

    def _lists(self, made: Worksheet, sheet: Sheet) -> None:
        """Write the lists to choose from, each a range with a name."""
        title = quote_sheetname(self.titles[sheet.key])
        told, ranges = list_lines(self.say, self.sheets)
        self._fill(made, sheet, iter(told), {}, "no_rows")
        for name, (first, last) in ranges.items():
            called = range_name(name, self.say.language)
            self.book.workbook.defined_names[called] = DefinedName(called, attr_text=f"{title}!$C${first}:$C${last}")
        made.protection.sheet = True

    def _picture(self, made: Worksheet, sheet: Sheet) -> None:
        """Draw where the data go."""
        say = self.say
        headings = (say.say("activities"), say.say("parties"), say.say("countries"))
        legend = (say.say("flow_inside"), say.say("flow_outside"))
        drawn = drawing(flows(say), headings, lambda number: say.say("more", number=number), legend=legend)
        self.book.drawings[self.titles[sheet.key]] = drawn
        paper(made, self.frame, translate(sheet.title, say.language))
        made.print_options.horizontalCentered = True

    def _findings(self, made: Worksheet, sheet: Sheet) -> None:
        """Write what was found; the rule's id leads to the record, since LibreOffice wraps no cell that leads elsewhere."""
        written = self._fill(made, sheet, self.lines_of(sheet), {}, "no_findings")
        for finding, line in self.found:
            owner = owner_of(finding)
            target = self.places.get(finding.subject) or self.places.get(owner) or self.places.get(owner.partition(".")[0])  # fmt: skip
            target = (self.frame.cover, 1) if owner == "register" else target
            if target and (cell := _cell(sheet, "rule", written.places[line.id])):
                written.link(cell, f"{quote_sheetname(target[0])}!A{target[1]}")


def _cell(sheet: Sheet, key: str, row: int) -> str:
    """Return the cell of a column in a row; nothing if the sheet has no such column."""
    keys = [column.key for column in sheet.columns]
    return f"{get_column_letter(keys.index(key) + 1)}{row}" if key in keys else ""


def _looks(sheet: Sheet) -> list[str]:
    """Return the style of each column: what is compiled is grey, what names the record is bold."""
    looks = []
    for number, column in enumerate(sheet.columns, 1):
        if column.key in ("id", "code"):
            looks.append("id")
        elif sheet.kind == "table" and column.key != "of" and not field_of(sheet.rows, column.key).edited:
            looks.append("compiled")
        else:
            looks.append("key" if number == sheet.fixed and sheet.bands else "body")
    return looks
