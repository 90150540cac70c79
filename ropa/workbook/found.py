"""The sheet of findings: each as a line, the gravest first and what is waived last; and what a record's own row says of those on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropa.model import SECTIONS
from ropa.rules.citing import cited
from ropa.source import below
from ropa.workbook.layout import Sheet
from ropa.workbook.sheets import FIRST, Line
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import word

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding

__all__ = ["Mention", "finding_lines", "mentions", "owner_of"]


@dataclass(frozen=True)
class Mention:
    """What a record's row says of the findings on it: how grave, how many, and where the first stands."""

    gravest: str
    number: int
    row: int


def owner_of(finding: Finding) -> str:
    """Return the record that a finding is about, as `activities.newsletters`."""
    return ".".join(finding.subject.replace("[", ".").split(".")[:2])


def finding_lines(report: Report, say: Speaker, sheet: Sheet) -> list[tuple[Finding, Line]]:
    """Return the findings of a report as lines of a sheet."""
    in_order = sorted(report.findings, key=lambda one: (one.waiver is not None, one.severity.rank))
    return [(one, _line(report, say, sheet, one)) for one in in_order]


def mentions(found: Sequence[tuple[Finding, Line]]) -> Mapping[str, Mention]:
    """Return what each record's row says of the findings on it; what is waived is not open, and not counted."""
    seen: dict[str, Mention] = {}
    for row, (finding, _) in enumerate(found, FIRST):
        if finding.waiver is not None:
            continue
        owner = owner_of(finding)
        before = seen.get(owner, Mention(finding.severity.value, 0, row))
        seen[owner] = Mention(before.gravest, before.number + 1, before.row)
    return seen


def _line(report: Report, say: Speaker, sheet: Sheet, finding: Finding) -> Line:
    language, folder = say.language, below(report.loaded.path, "")  # where the register lies is nobody's business
    message, fix = finding.words(language)
    cells = {
        "severity": _severity(say, finding),
        "waiver": Value(_acceptance(say, finding)),
        "rule": Value(finding.rule, look="id"),
        "title": Value(finding.title(language)),
        "subject": Value(_subject(say, finding)),
        "message": Value(message),
        "cites": Value("\n".join(cited(one, language) for one in finding.cites)),
        "fix": Value(fix),
        "place": Value(f"{finding.place.file.removeprefix(folder)}:{finding.place.line}", look="id"),
    }
    return Line(finding.fingerprint, tuple(cells.get(column.key, Value("")) for column in sheet.columns))


def _severity(say: Speaker, finding: Finding) -> Value:
    """Return how grave a finding is; one that is accepted says so, and looks like no open one."""
    severity = word("severity", finding.severity.value, say.language)
    if finding.waiver is None:
        return Value(severity, look=finding.severity.value)
    return Value(f"{severity}\n{say.say('waived')}", look="unset")


def _acceptance(say: Speaker, finding: Finding) -> str:
    """Return through which day a finding is accepted, by whom, and why; nothing if it is not."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    held = say.say("waived_through", day=waiver.until.isoformat(), by=say.text(waiver.by))
    return f"{held}\n{say.text(waiver.reason)}"


def _subject(say: Speaker, finding: Finding) -> str:
    """Return what a finding is about: the record's name and its id."""
    section, _, one = owner_of(finding).partition(".")
    if section not in SECTIONS or one not in getattr(say.register, section):
        return finding.subject
    return f"{say.named(section, one)}\n{finding.subject}"
