"""The workbook as a whole: the cover, then each sheet of the layout."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from ropa.graph import Graph
from ropa.model import SECTIONS, Organisation, Person, Register
from ropa.rules import Severity
from ropa.rules.citing import cited
from ropa.rules.rule import called
from ropa.source.page import translate
from ropa.standing import Standings
from ropa.version import __version__
from ropa.workbook.measuring import height
from ropa.workbook.rights_rows import rights_rows
from ropa.workbook.rows import ROWS, Row
from ropa.workbook.sheets import Frame, paper, table, write
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import Sheet, layout, word

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ropa.checking import Report
    from ropa.findings import Finding

__all__ = ["build", "digest"]

COVER = (30.0, 22.0, 22.0, 22.0, 14.0)
"""The widths of the cover's columns."""


def digest(report: Report) -> str:
    """Return the SHA-256 of what the register says, whatever its files and the order of keys."""
    plain = json.dumps(report.loaded.sources.merged, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def build(report: Report, register: Register, language: str) -> tuple[Workbook, dict[str, str]]:
    """Build the workbook of a register; the records of each sheet are returned as XML rows by its title."""
    say = Speaker(report.standings or Standings(Graph(register), report.law, report.on), language)
    keeper = say.text(register.keeper.name) if register.keeper else say.text(register.name) or say.say("missing")
    mark = digest(report)
    header = say.say("header", day=report.on.isoformat(), digest=mark[:12])
    frame = Frame(language, keeper, header)
    sheets = [one for one in layout().sheets if one.key != "services" or register.services]
    book, records = Workbook(), {}
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = datetime(report.on.year, report.on.month, report.on.day)  # noqa: DTZ001 - the format knows no zones
    book.properties.creator = f"ropa {__version__}"
    book.properties.title = say.say("title")
    cover = book.create_sheet(say.say("cover"))
    _Cover(cover, say, report, mark).fill(sheets)
    paper(cover, frame, say.say("cover"), portrait=True)
    cover.page_setup.fitToHeight = 0
    cover.sheet_properties.pageSetUpPr.fitToPage = True
    for one in sheets:
        rows = _findings(report, language) if one.key == "findings" else {**ROWS, "rights": rights_rows}[one.key](say)
        empty = say.say("no_findings" if one.key == "findings" else "no_rows")
        sheet = book.create_sheet(translate(one.title, language))
        sheet.sheet_properties.tabColor = "1F3B5C" if one.bands else "5B6B7F"
        records[sheet.title] = table(sheet, one, rows, frame, empty)
    return book, records


def _findings(report: Report, language: str) -> Iterator[Row]:
    folder = f"{report.loaded.path}/"  # where the register lies on this machine is nobody's business
    for finding in sorted(report.findings, key=lambda one: one.severity.rank):  # the gravest first
        message, fix = finding.words(language)
        yield Row(
            {
                "severity": Value(word("severity", finding.severity.value, language), finding.severity.value),
                "rule": Value(finding.rule),
                "subject": Value(_subject(report, finding, language)),
                "message": Value(message),
                "cites": Value("\n".join(cited(one, language) for one in finding.cites)),
                "fix": Value(fix),
                "place": Value(f"{finding.place.file.removeprefix(folder)}:{finding.place.line}"),
            }
        )


def _subject(report: Report, finding: Finding, language: str) -> str:
    """Return what a finding is about: the record's name and its id."""
    section, _, rest = finding.subject.partition(".")
    one = rest.split(".")[0].split("[")[0]
    register = report.loaded.register
    if register is None or section not in SECTIONS or one not in getattr(register, section):
        return finding.subject
    return f"{translate(called(register, (section, one)), language)}\n{finding.subject}"


class _Cover:
    """The cover, written from top to bottom."""

    def __init__(self, sheet: Worksheet, say: Speaker, report: Report, mark: str) -> None:
        self.sheet, self.say, self.report, self.mark, self.at = sheet, say, report, mark, 1

    def fill(self, sheets: list[Sheet]) -> None:
        say, register = self.say, self.say.register
        for letter, width in zip("ABCDE", COVER, strict=True):
            self.sheet.column_dimensions[letter].width = width
        self._line(say.text(register.name) or say.say("title"), "great", 42)
        both = register.activities and register.services
        kind = (
            "as_both" if both else "as_processor" if register.services and not register.controller else "as_controller"
        )
        self._line(say.say(kind), "ruled", 24)
        self._figures({one.key: translate(one.title, say.language) for one in sheets})
        if register.controller:
            self._organisation("controller", register.controller)
        if register.processor or not register.controller:
            self._organisation("processor" if register.processor else "controller", register.processor)
        self._section("sheets")
        for one in sheets:
            title = translate(one.title, say.language)
            self._pair(title, Value(translate(one.cover, say.language)), link=title)
        self._section("legend")
        for key in ("red", "grey", "bands", "source"):
            self._pair(say.say(f"legend_{key}"), Value(say.say(f"legend_{key}_says")))
        law = say.say("law_says", version=self.report.law.version, day=self.report.law.verified_through.isoformat())
        self._section("about")
        for key, text in (
            ("asked", self.report.on.isoformat()),
            ("law", "\n".join([law, *self._reservations()])),
            ("source", PurePath(self.report.loaded.path).name),
            ("digest", self.mark),
        ):
            self._pair(say.say(key), Value(text))

    def _reservations(self) -> list[str]:
        """Return what a reader must know of the law that was asked, and of what was not checked."""
        report, say = self.report, self.say
        said = [say.say("law_own", name=f"{one.kind}/{one.name}", reason=one.reason) for one in report.law.overlays]
        if report.on > report.law.verified_through:
            said.append(say.say("law_later"))
        if report.ignored:
            said.append(say.say("rules_ignored", rules=", ".join(report.ignored)))
        if report.severities:
            said.append(say.say("rules_weighed", rules=", ".join(sorted(report.severities))))
        if report.unable:
            said.append(say.say("rules_skipped", why=translate(report.unable[0].why, say.language)))
        return said

    def _line(self, text: str, look: str, points: float) -> None:
        for column in range(1, len(COVER) + 1):
            write(self.sheet, self.at, column, text if column == 1 else "", look)
        self.sheet.row_dimensions[self.at].height = points
        self.at += 1

    def _section(self, key: str) -> None:
        self.sheet.row_dimensions[self.at].height = 12
        self.at += 1
        self._line(self.say.say(key), "section", 20)

    def _pair(self, label: str, value: Value, *, required: bool = False, link: str = "") -> None:
        """Write a label and its value, which spans the rest of the page."""
        gap = value.state in ("missing", "unknown")
        look = "value-gap" if gap and required else "value-unset" if gap else "value"
        write(self.sheet, self.at, 1, label, "link" if link else "label", link)
        for column in range(2, len(COVER) + 1):
            write(self.sheet, self.at, column, value.text if column == 2 else "", look)
        self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=2, end_column=len(COVER))
        self.sheet.row_dimensions[self.at].height = height([(value.text, sum(COVER[1:])), (label, COVER[0])]) - 2
        self.at += 1

    def _figures(self, titles: dict[str, str]) -> None:
        """Write how much there is of what, each with a link to its sheet."""
        say, register, counts = self.say, self.say.register, self.report.counts
        figures = [
            ("activities", "register", len(register.activities)),
            ("transfers", "transfers", len(register.transfers)),
        ]
        figures += [("parties", "parties", len(register.parties)), ("findings", "findings", len(self.report.findings))]
        if register.services:
            figures.insert(1, ("services", "services", len(register.services)))
        self.sheet.row_dimensions[self.at].height = 8
        for column, (key, sheet, number) in enumerate(figures, 1):
            write(self.sheet, self.at + 1, column, str(number), "figure")
            write(self.sheet, self.at + 2, column, say.say(key), "link", titles[sheet])
        severities = {one.value: counts[one] for one in Severity}
        write(self.sheet, self.at + 3, min(len(figures), 4), say.say("severities", **severities), "hint")
        self.sheet.row_dimensions[self.at + 1].height = 28
        for row in (2, 3):
            self.sheet.row_dimensions[self.at + row].height = 16
        self.at += 4

    def _organisation(self, key: str, record: Organisation | None) -> None:
        """Write who keeps the register, and how to reach it, its representative and its officer."""
        say = self.say
        self._section(key)
        self._pair(say.say("name"), say.field(record and record.name, say.text), required=True)
        if record is None:
            return
        contact = record.contact
        plain: Any = contact if contact in (None, "none", "unknown") else None
        reachable = contact is not None and not isinstance(contact, str) and contact.reachable
        for kind in ("address", "email", "phone", "website"):
            stated = plain if plain is not None else getattr(contact, kind, None)
            self._pair(say.say(kind), say.field(stated, say.text), required=not reachable and kind != "website")
        self._pair(say.say("country"), say.field(record.country, say.country))
        for kind in ("representative", "dpo"):
            value = say.field(getattr(record, kind), self._person)
            self._pair(say.say(kind), value, required=kind == "dpo")

    def _person(self, person: Person) -> str:
        contact = self.say.contact(person.contact)
        where = self.say.country(person.country) if person.country else ""
        return ", ".join(part for part in (self.say.text(person.name), where, contact) if part)
