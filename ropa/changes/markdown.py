"""The difference as Markdown: the comment on a pull request that a data protection officer reads and acts on."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.changes.consequences import Consequence
from ropa.changes.counting import counted, later
from ropa.changes.difference import Difference
from ropa.changes.saying import Group, groups
from ropa.changes.text import said
from ropa.changes.wording import phrase
from ropa.findings import Finding
from ropa.reports.escaping import code_span, markdown, prose
from ropa.reports.fitting import ROOM, length, short
from ropa.rules.citing import cited
from ropa.workbook.words import word

__all__ = ["render_difference_markdown"]


def render_difference_markdown(difference: Difference, language: str) -> str:
    """Return the difference as Markdown: what to do first, then what changed, then the findings.

    Text of the register is shown as it is written: it makes no heading, link, mention or HTML. What
    does not fit in a comment is counted instead.
    """
    room, kept, left = ROOM, [], 0
    for block in _blocks(difference, language):
        if length(block) < room:
            room -= length(block) + 1
            kept.append(block)
        else:  # what comes after may be shorter
            left += block.startswith("- ")
    if left:
        kept.append(f"\n*{phrase('more', language, number=left)}*")
    return "\n".join(kept) + "\n"


def _blocks(difference: Difference, language: str) -> Iterator[str]:
    report = difference.head
    yield f"### {phrase('title', language)}"
    yield ""
    through = report.law.verified_through.isoformat()
    yield f"**{counted(difference, language)}.** {phrase('on', language, day=report.on.isoformat(), through=through)}"
    if difference.later:
        yield f"\n**{prose(later(difference, language))}**"
    if difference.changes or difference.consequences:
        yield from _section("consequences", language)
        for one in difference.consequences:
            yield _consequence(one, language)
        if not difference.consequences:
            yield phrase("no_consequences", language)
    found = groups(difference.comparison, language)
    if found:
        yield from _section("changes", language)
        for group in found:
            yield _group(group)
    for which, findings in (("appeared", difference.appeared), ("vanished", difference.vanished)):
        if findings:
            yield from _section(which, language)
            for each in findings:
                yield _finding(each, language)
    if difference.comparison.renames:
        yield from _section("renamed", language)
        for old, new in difference.comparison.renamed():
            yield f"- {code_span(old)} → {code_span(new)}"
    for crash in dict.fromkeys((*difference.base.crashes, *difference.head.crashes)):
        yield f"\n**{phrase('crashed', language)}:** {crash.rule} ({code_span(crash.subject)}): {markdown(crash.error)}"


def _section(key: str, language: str) -> Iterator[str]:
    yield ""
    yield f"#### {phrase(key, language)}"
    yield ""


def _consequence(one: Consequence, language: str) -> str:
    message, fix = one.words(language)
    see = ", ".join(cited(each, language) for each in one.cites)
    return (
        f"- [ ] **{one.title(language)}.** {prose(short(message))}\n"
        f"  {prose(short(fix))}{f' *({see})*' if see else ''} {code_span(one.subject)}"
    )


def _group(group: Group) -> str:
    lines = [f"- **{markdown(short(group.title))}** {code_span(f'{group.place.file}:{group.place.line}')}"]
    for one in group.changes:
        text = markdown(said(one))
        lines.append(f"  - {f'~~{text}~~' if one.kind == 'removed' else text}")
    return "\n".join(lines)


def _finding(one: Finding, language: str) -> str:
    message, fix = one.words(language)
    severity = word("severity", one.severity.value, language)
    see = ", ".join(cited(each, language) for each in one.cites)
    return f"- **{one.rule}** ({severity}) {prose(short(message))} {prose(short(fix))} *({see})* {code_span(f'{one.place.file}:{one.place.line}')}"  # fmt: skip
