"""The report as GitHub's workflow commands: annotations beside the lines of a pull request.

GitHub shows at most 10 errors, 10 warnings and 10 notices of one step, and 50 annotations of one job: the gravest
come first. Waived findings and those known from the baseline are not annotated; the last line counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ropa.reports.escaping import command_data, command_property
from ropa.reports.words import counted, law_asked, said, words
from ropa.rules import Severity
from ropa.source import visible
from ropa.source.page import translate

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding
    from ropa.reports.manner import Manner

__all__ = ["render_github"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: Report, manner: Manner) -> str:
    """Return the report as workflow commands, and a last line that is none."""
    return "\n".join(_lines(report, manner)) + "\n"


def _lines(report: Report, manner: Manner) -> Iterator[str]:
    known = words(manner.language)
    for crash in report.crashes:
        yield _command("error", f"{crash.subject}: {crash.error}", title=f"{known['crashed']}: {crash.rule}")
    for finding in sorted((one for one in report.findings if one.counts), key=lambda one: one.severity.rank):
        yield _annotation(finding, report, manner)
    for why, skipped in groupby(report.unable, key=lambda one: translate(one.why, manner.language)):
        yield _command("warning", f"{why}: {', '.join(one.rule for one in skipped)}", title=known["not_run"])
    yield visible(f"ropa: {counted(report, manner.language)}; {law_asked(report, manner.language)}")


def _annotation(finding: Finding, report: Report, manner: Manner) -> str:
    spoken, place = said(finding, manner.language), finding.place
    message = "\n".join(visible(part) for part in (spoken.message, spoken.fix, spoken.cites) if part)
    return _command(
        _COMMANDS[finding.severity],
        message,
        file=manner.file_of(place.file, report),
        line=str(place.line),
        col=str(place.column),
        title=spoken.title,
    )


def _command(name: str, message: str, **properties: str) -> str:
    given = ",".join(f"{key}={command_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{command_data(message)}"
