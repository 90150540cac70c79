"""The cover of the workbook: whose register it is, how much there is of what, how to read it, and what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from ropa.model import Organisation
from ropa.rules import Severity
from ropa.source.page import translate
from ropa.workbook.layout import Layout, Sheet
from ropa.workbook.measuring import height
from ropa.workbook.sheets import write
from ropa.workbook.speaking import Speaker, Value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ropa.checking import Report

__all__ = ["Cover", "Edition"]

WIDTHS = (30.0, 22.0, 22.0, 22.0, 14.0)


@dataclass(frozen=True)
class Edition:
    """What an export is made as: its layout, for whom, from which version of the text."""

    layout: Layout
    authority: bool
    digest: str
    revision: str = ""


class Cover:
    """The cover, written from top to bottom."""

    def __init__(self, sheet: Worksheet, say: Speaker, report: Report, edition: Edition) -> None:
        self.sheet, self.say, self.report, self.edition, self.at = sheet, say, report, edition, 1

    def fill(self, sheets: list[tuple[Sheet, str, str]]) -> None:
        """Write the cover; `sheets` are those of the workbook, each with what it is called and where it begins."""
        say, register = self.say, self.say.register
        for letter, width in zip("ABCDE", WIDTHS, strict=True):
            self.sheet.column_dimensions[letter].width = width
        title = translate(self.edition.layout.title, say.language) if self.edition.layout.title else say.say("title")
        self._line(say.text(register.name) or title, "great", 42)
        self._line(self._kind(), "ruled", 24)
        self._figures({one.key: title for one, _, title in sheets})
        for key, record in self._keepers():
            self._organisation(key, record)
        self._section("sheets")
        for one, called, first in sheets:
            self._pair(called, Value(translate(one.cover, say.language) if one.cover else ""), link=first)
        self._section("legend")
        for key in ("red", "grey", "bands", "edit" if not self.edition.authority else "source"):
            self._pair(say.say(f"legend_{key}"), Value(say.say(f"legend_{key}_says")))
        self._section("about")
        self._about()

    def _kind(self) -> str:
        """Say which paragraph of Art. 30 it answers: that of the sheets there are, and of the records."""
        say, register = self.say, self.say.register
        shown = {sheet.rows for sheet in self.edition.layout.sheets}
        if "activities" not in shown:
            return say.say("as_processor")
        if register.activities and register.services and "services" in shown:
            return say.say("as_both")
        return say.say("as_processor" if register.services and not register.controller else "as_controller")

    def _keepers(self) -> list[tuple[str, Organisation | None]]:
        """Return whose record it is; a controller with services is their processor too (Art. 30(2)(a))."""
        register = self.say.register
        if self._kind() == self.say.say("as_processor"):
            return [("processor", register.processor or register.controller)]
        keepers = [("controller", register.controller), ("processor", register.processor)]
        return [(key, record) for key, record in keepers if record] or [("controller", None)]

    def _about(self) -> None:
        """Write the state: the day, the law, the version of the text, what is left out and what is hidden."""
        say, law = self.say, self.report.law
        version = say.say("law_says", version=law.version, day=say.long_day(law.verified_through))
        revision = self.edition.revision
        for key, text in (
            ("asked", say.long_day(self.report.on)),
            ("law", "\n".join([version, *self._reservations()])),
            ("source", PurePath(self.report.loaded.path).name + (f" · {revision}" if revision else "")),
            ("digest", self.edition.digest),
            ("left_out", say.say("left_out_says") if self.edition.authority else ""),
            ("hidden", "" if self.edition.authority else say.say("hidden_says")),
        ):
            if text:
                self._pair(say.say(key), Value(text))

    def _reservations(self) -> list[str]:
        """Return what a reader must know of the law that was asked, and of what was not checked."""
        report, say = self.report, self.say
        said = [say.say("law_own", name=f"{one.kind}/{one.name}", reason=one.reason) for one in report.law.overlays]
        if report.on > report.law.verified_through:
            said.append(say.say("law_later"))
        if self.edition.authority:
            return said
        if report.ignored:
            said.append(say.say("rules_ignored", rules=", ".join(report.ignored)))
        if report.severities:
            said.append(say.say("rules_weighed", rules=", ".join(sorted(report.severities))))
        if report.unable:
            said.append(say.say("rules_skipped", why=translate(report.unable[0].why, say.language)))
        return said

    def _line(self, text: str, look: str, points: float) -> None:
        for column in range(1, len(WIDTHS) + 1):
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
        for column in range(2, len(WIDTHS) + 1):
            write(self.sheet, self.at, column, value.text if column == 2 else "", look)
        self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=2, end_column=len(WIDTHS))
        self.sheet.row_dimensions[self.at].height = height([(value.text, sum(WIDTHS[1:])), (label, WIDTHS[0])]) - 2
        self.at += 1

    def _figures(self, titles: Mapping[str, str]) -> None:
        """Write how much there is of what, each with a link to its sheet."""
        say, register, waived = self.say, self.say.register, len(self.report.waived)
        counts = Counter(
            one.severity for one in self.report.findings if one.waiver is None
        )  # what is of old is open too
        figures = [
            ("activities", "register", len(register.activities)),
            ("services", "services", len(register.services)),
            ("transfers", "transfers", len(register.transfers)),
            ("parties", "parties", len(register.parties)),
            ("findings", "findings", counts.total()),
        ]
        shown = [one for one in figures if one[1] in titles and (one[2] or one[0] != "services")]
        self.sheet.row_dimensions[self.at].height = 8
        for column, (key, sheet, number) in enumerate(shown, 1):
            write(self.sheet, self.at + 1, column, str(number), "figure")
            write(self.sheet, self.at + 2, column, say.say(key), "link", titles[sheet])
        if "findings" in titles:
            severities = {one.value: counts[one] for one in Severity}
            said = say.say("severities", **severities)
            said += f" · {say.say('waived_number', number=waived)}" if waived else ""
            write(self.sheet, self.at + 3, min(len(shown), 4), said, "hint")
        self.sheet.row_dimensions[self.at + 1].height = 28
        for row in (2, 3):
            self.sheet.row_dimensions[self.at + row].height = 16
        self.at += 4

    def _organisation(self, key: str, record: Organisation | None) -> None:
        """Write who keeps the register, and how to reach it, its representative and its officer."""
        say = self.say
        self._section(key)
        self._pair(say.say("name"), say.field(record and record.name, say.proper), required=True)
        if record is None:
            return
        contact = record.contact
        plain: Any = contact if contact in (None, "none", "unknown") else None
        reachable = contact is not None and not isinstance(contact, str) and contact.reachable
        for kind in ("address", "email", "phone", "website"):
            stated = plain if plain is not None else getattr(contact, kind, None)
            self._pair(say.say(kind), say.field(stated, say.proper), required=not reachable and kind != "website")
        self._pair(say.say("country"), say.field(record.country, say.country))
        for kind in ("representative", "dpo"):
            value = say.field(getattr(record, kind), say.person)
            self._pair(say.say(kind), value, required=kind == "dpo")
