"""The rules of a report: those that ran, and those that found something, with their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropa.rules import Severity, catalogue
from ropa.rules.unruled import UNRULED, unruled_page
from ropa.source import Page

if TYPE_CHECKING:
    from ropa.checking import Report

__all__ = ["Ruled", "family_of", "rules_of"]


@dataclass(frozen=True)
class Ruled:
    """A rule as a format shows it. `ours` says that the page comes with ropa, and may be shown as Markdown."""

    id: str
    name: str
    severity: Severity
    cites: tuple[str, ...]
    page: Page
    ours: bool


def rules_of(report: Report) -> dict[str, Ruled]:
    """Return, in the order of the ids, the rules that ran, crashed or found something.

    A rule of the organisation's own is known by what it found: one that found nothing has no page here.
    """
    asked = {*report.run, *(one.rule for one in report.crashes), *(one.rule for one in report.findings)}
    known = {
        one.id: Ruled(one.id, one.slug, report.severities.get(one.id, one.severity), one.cites, one.page, ours=True)
        for one in catalogue()
        if one.id in asked
    }
    for one in report.findings:
        if one.rule in UNRULED:
            kind = UNRULED[one.rule]
            known[one.rule] = Ruled(one.rule, kind.name, kind.severity, (), unruled_page(one.rule), ours=True)
        elif one.rule not in known and one.page is not None:
            known[one.rule] = Ruled(one.rule, one.name, one.severity, one.cites, one.page, ours=False)
    return dict(sorted(known.items()))


def family_of(rule: str) -> str:
    """Return the letters of a rule's id."""
    return rule[:-2] or rule
