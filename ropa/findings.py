"""A finding: a rule's problem at a place, with what is wrong, what to do and where the law says so."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ropa.rules import Rule, Severity
from ropa.source import Fault, Page, Path, Place, format_path
from ropa.source.fault import FAULTS, fault_page
from ropa.source.page import Fact, Words, translate

if TYPE_CHECKING:
    from ropa.loading import Sources
    from ropa.rules import Problem

__all__ = ["Acceptance", "Finding", "finding_of_fault", "finding_of_problem", "told_apart"]


_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Acceptance:
    """Who accepted a finding, why and until when: what a waiver of the register says of it."""

    id: str
    """The waiver's id in the register."""
    reason: str | Words
    by: str | Words
    """Who accepted it."""
    until: date
    """The last day on which it holds."""


@dataclass(frozen=True)
class Finding:
    """Something that a rule, or the reading of the files, has found.

    `rule` is the rule's id, `name` its slug, `cites` the provisions it rests on, `subject` the
    record it is about, `path` the exact place within the register, `place` file, line and column,
    `trail` the chain it follows. `message` and `fix` are in English; `words` gives other languages.
    """

    rule: str
    name: str
    severity: Severity
    cites: tuple[str, ...]
    subject: str
    path: str
    place: Place
    trail: tuple[str, ...] = ()
    related: tuple[Place, ...] = ()
    says: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict, repr=False, hash=False)
    occurrence: int = 1
    """Which of several findings it is that agree in all that the fingerprint is made of."""
    page: Page | None = field(default=None, repr=False, compare=False)
    waiver: Acceptance | None = None
    """The waiver that covers it on the day asked about."""
    lapsed: Acceptance | None = None
    """The waiver that covered it until its last day: the finding is back because of that."""
    known: bool = False
    """Whether the baseline has it: it was there when ropa was adopted."""

    @property
    def counts(self) -> bool:
        """Whether it counts towards the exit code: nobody accepted it, and it is not of old."""
        return self.waiver is None and not self.known

    @property
    def message(self) -> str:
        """What is missing or inconsistent, in English."""
        return self.words("en")[0]

    @property
    def fix(self) -> str:
        """The one thing to do, in English."""
        return self.words("en")[1]

    def words(self, language: str) -> tuple[str, str]:
        """Return message and fix in a language (ISO 639-1; English where the page lacks it)."""
        assert self.page is not None
        return self.page.say(self.says, language, self.facts)

    def title(self, language: str) -> str:
        """Return the rule's name in a language."""
        assert self.page is not None
        return translate(self.page.name, language)

    @property
    def likeness(self) -> tuple[str, ...]:
        """What stays the same while lines move and lists grow: rule, place without numbers, template, end of the chain."""
        return (self.rule, _NUMBER.sub("[]", self.path), self.says or "", *self.trail[-1:])

    @cached_property
    def fingerprint(self) -> str:
        """A short text that is the same for the same finding in two versions of a register, and for no other."""
        parts = (*self.likeness, str(self.occurrence))
        text = "\0".join(parts).encode("utf-8", "surrogatepass")  # names of files may hold any bytes
        return hashlib.sha256(text).hexdigest()[:16]

    @property
    def order(self) -> tuple[Any, ...]:
        """Findings are reported by file and place, then by rule."""
        return (self.place.file, self.place.line, self.place.column, self.rule, self.path)


def told_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Number the findings that would have the same fingerprint, in their order."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in findings:
        seen[finding.likeness] += 1
        number = seen[finding.likeness]
        found.append(finding if number == 1 else replace(finding, occurrence=number))
    return tuple(found)


def finding_of_problem(rule: Rule[Any], path: Path, problem: Problem, sources: Sources) -> Finding:
    """Resolve a rule's problem: only now does a place become a line and a column."""
    at = (*path, *problem.at)
    return Finding(
        rule=rule.id,
        name=rule.slug,
        severity=problem.severity or rule.severity,
        cites=_cites(rule, problem),
        subject=format_path(path) or "register",
        path=format_path(at) or "register",
        place=sources.place(at, key=True),
        trail=tuple(format_path(step) for step in problem.trail),
        related=tuple(sources.place(step, key=True) for step in problem.trail),
        says=problem.says,
        facts=problem.facts,
        page=rule.page,
    )


def _cites(rule: Rule[Any], problem: Problem) -> tuple[str, ...]:
    """Return what a finding rests on: those of the rule's provisions that the problem names, or all and what it adds."""
    if problem.cites and set(problem.cites) <= set(rule.cites):
        return problem.cites
    return tuple(dict.fromkeys((*rule.cites, *problem.cites)))


def finding_of_fault(fault: Fault) -> Finding:
    """Give a fault of the text the form of a finding, so that one format serves all."""
    return Finding(
        rule=fault.rule,
        name=FAULTS[fault.rule].replace("_", "-"),
        severity=Severity.ERROR,
        cites=(),
        subject=fault.path or fault.place.file,
        path=fault.path or fault.place.file,
        place=fault.place,
        related=fault.related,
        says=fault.says,
        facts=fault.facts,
        page=fault_page(fault.rule),
    )
