"""The report as JUnit's XML, as GitLab and Jenkins show the results of tests.

A suite for each family of rules; in it, a case for each rule that found nothing, and one for each finding, since both
show only the first failure of a case. Errors and warnings fail. Reminders pass, and speak in `system-out`. A finding
that is waived, or known from the baseline, is skipped and says so; a rule that could not run is skipped too, and one
that crashed is an error. The names of cases hold no line, so that their history goes on when lines move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from ropa.reports.escaping import xml_text
from ropa.reports.ruled import family_of, rules_of
from ropa.reports.words import accepted, said, words
from ropa.rules import Severity
from ropa.source.page import translate

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ropa.checking import Report
    from ropa.findings import Finding
    from ropa.reports.manner import Manner

__all__ = ["render_junit"]


@dataclass(frozen=True)
class _Case:
    """A case of a suite; `outcome` is the element that says how it ended, if it did not simply pass."""

    rule: str
    name: str
    outcome: Literal["failure", "error", "skipped", "system-out"] | None = None
    message: str = ""
    kind: str = ""
    lines: tuple[str, ...] = ()


def render_junit(report: Report, manner: Manner) -> str:
    """Return the report as JUnit's XML."""
    from xml.etree import ElementTree as ET

    cases = sorted(_cases(report, manner), key=lambda case: family_of(case.rule))
    root = ET.Element("testsuites", {"name": "ropa", **_numbers(cases)})
    for family, some in groupby(cases, key=lambda case: family_of(case.rule)):
        _suite(root, family, list(some), report)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _cases(report: Report, manner: Manner) -> Iterator[_Case]:
    language, rules = manner.language, rules_of(report)
    named: Counter[str] = Counter()
    silent = [one for one in report.run if one not in {finding.rule for finding in report.findings}]
    for one in silent:
        title = translate(rules[one].page.name, language) if one in rules else ""
        yield _Case(one, f"{one} {title}".strip())
    for finding in report.findings:
        name = f"{said(finding, language).title}: {finding.path}"
        named[name] += 1
        yield _found(finding, name if named[name] == 1 else f"{name} ({named[name]})", report, manner)
    for skipped in report.skipped:
        yield _Case(skipped.rule, skipped.rule, "skipped", translate(skipped.why, language))
    for crash in report.crashes:
        message = f"{words(language)['crashed']}: {crash.subject}"
        yield _Case(crash.rule, f"{crash.rule}: {crash.subject}", "error", message, "crash", (crash.error,))


def _found(finding: Finding, name: str, report: Report, manner: Manner) -> _Case:
    spoken, place = said(finding, manner.language), finding.place
    where = f"{manner.file_of(place.file, report)}:{place.line}:{place.column}"
    trail = " → ".join(finding.trail)
    lines = tuple(one for one in (where, spoken.message, trail, spoken.fix, spoken.cites) if one)
    known = words(manner.language)
    if finding.waiver is not None:
        message = f"{known['is_waived']}: {accepted(finding.waiver, manner.language)}"
        return _Case(finding.rule, name, "skipped", message, lines=lines)
    if finding.known:
        return _Case(finding.rule, name, "skipped", known["is_known"], lines=lines)
    if finding.severity is Severity.INFO:
        return _Case(finding.rule, name, "system-out", lines=lines)
    return _Case(finding.rule, name, "failure", spoken.message, finding.severity.value, lines)


def _suite(root: Element, family: str, cases: list[_Case], report: Report) -> None:
    from xml.etree.ElementTree import SubElement

    suite = SubElement(root, "testsuite", {"name": xml_text(f"ropa {family}"), **_numbers(cases)})
    suite.set("skipped", str(sum(case.outcome == "skipped" for case in cases)))
    properties = SubElement(suite, "properties")
    for name, value in (("on", str(report.on)), ("law", report.law.version), ("register", report.loaded.path)):
        SubElement(properties, "property", {"name": name, "value": xml_text(value)})
    for case in cases:
        written = SubElement(suite, "testcase", {"classname": xml_text(f"ropa.{family}"), "name": xml_text(case.name)})
        if case.outcome is not None:
            said_of = {"message": xml_text(case.message), "type": case.kind}
            outcome = SubElement(written, case.outcome, {key: value for key, value in said_of.items() if value})
            outcome.text = "\n".join(map(xml_text, case.lines))


def _numbers(cases: Iterable[_Case]) -> dict[str, str]:
    outcomes = Counter(case.outcome for case in cases)
    return {
        "tests": str(outcomes.total()),
        "failures": str(outcomes["failure"]),
        "errors": str(outcomes["error"]),
    }
