"""The report as Markdown: a comment on a pull request, or the summary of a job.

GitHub takes comments of at most 65,536 characters. Of a longer report the gravest findings stand, and a sentence
says how many are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ropa.reports.escaping import code_span, markdown, prose
from ropa.reports.fitting import ROOM, length, short
from ropa.reports.words import accepted, counted, law_asked, numbered, said, words
from ropa.rules import Severity
from ropa.source.page import translate

if TYPE_CHECKING:
    from ropa.checking import Report
    from ropa.findings import Finding
    from ropa.reports.manner import Manner

__all__ = ["render_markdown"]


def render_markdown(report: Report, manner: Manner) -> str:
    """Return the report as Markdown."""
    language = manner.language
    register = code_span(manner.name_file(report.loaded.path))
    head = f"### ropa: {markdown(counted(report, language))}\n\n{register} {markdown(law_asked(report, language))}"
    text, left_out = _fitted(
        head, [*_troubles(report, language), *_open(report, manner), *_waived(report, manner)], ROOM
    )
    if left_out:
        text += f"\n*{markdown(numbered('left_out', left_out, language))}*\n"
    return text


# A block is what stands together: the heading it goes under, its text, and the lines that close it.
_Block = tuple[str, str, str]


def _troubles(report: Report, language: str) -> Iterator[_Block]:
    """Yield what kept rules from answering."""
    known = words(language)
    for crash in report.crashes:
        where = f"{code_span(crash.rule)} {code_span(short(crash.subject))}"
        yield f"#### {markdown(known['crashed'])}", f"- {where}: {markdown(short(crash.error))}", ""
    for why, some in groupby(report.unable, key=lambda one: translate(one.why, language)):
        number = numbered("skipped", len(list(some)), language)
        yield f"#### {markdown(known['not_run'])}", f"- {markdown(number)}: {markdown(why)}", ""


def _open(report: Report, manner: Manner) -> Iterator[_Block]:
    """Yield the findings that count, the gravest first."""
    for severity in Severity:
        found = [one for one in report.findings if one.counts and one.severity is severity]
        heading = f"#### {words(manner.language)[f'{severity.value}s']} ({len(found)})"
        for finding in found:
            yield heading, _item(finding, report, manner), ""


def _waived(report: Report, manner: Manner) -> Iterator[_Block]:
    """Yield the findings that somebody accepted, to be folded away."""
    language = manner.language
    found = [one for one in report.findings if one.waiver is not None]
    heading = f"<details><summary>{markdown(numbered('waived', len(found), language))}</summary>\n"
    for finding in found:
        assert finding.waiver is not None
        why = markdown(short(accepted(finding.waiver, language)))
        yield heading, f"{_heading_of(finding, report, manner)}<br>\n  {why}", "\n</details>"


def _item(finding: Finding, report: Report, manner: Manner) -> str:
    spoken = said(finding, manner.language)
    trail = " → ".join(map(code_span, finding.trail))
    lines = [prose(short(spoken.message)), trail, prose(short(spoken.fix)), markdown(spoken.cites)]
    return "<br>\n  ".join([_heading_of(finding, report, manner), *(line for line in lines if line)])


def _heading_of(finding: Finding, report: Report, manner: Manner) -> str:
    place = code_span(f"{manner.file_of(finding.place.file, report)}:{finding.place.line}")
    return f"- **{markdown(said(finding, manner.language).title)}** {place}"


def _fitted(head: str, blocks: list[_Block], limit: int) -> tuple[str, int]:
    """Put head and blocks together as far as they fit, and say how many blocks do not."""
    parts = [head, ""]
    room = limit - length(head)
    placed = 0
    for (heading, closing), some in groupby(blocks, key=lambda block: (block[0], block[2])):
        room -= length(heading) + length(closing) + 4
        fitting = []
        for _, text, _ in some:
            room -= length(text) + 1
            if room < 0:
                break
            fitting.append(text)
        placed += len(fitting)
        if fitting:
            parts += [heading, "", *fitting, *([closing] if closing else []), ""]
        if room < 0:
            break
    return "\n".join(parts), len(blocks) - placed
