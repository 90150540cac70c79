"""The check, from end to end: one function that you can read aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ropa.baseline import Entry, can_be_known
from ropa.collector import paused_collector
from ropa.findings import Finding, finding_of_fault, finding_of_problem, told_apart
from ropa.graph import Graph
from ropa.law import GDPR_APPLIES, Law
from ropa.loading import Loaded
from ropa.model import SECTIONS, Record, Register, in_place, known
from ropa.rules import Context, Problem, Rule, Severity, Subject, known_packs, looked_at, select, subjects
from ropa.source import Path, Words, format_path, parse_path
from ropa.standing import Standings
from ropa.waivers import Asked, with_waivers
from ropa.what_if import WhatIf, what_if

__all__ = ["Crash", "Report", "Skipped", "check"]


@dataclass(frozen=True)
class Skipped:
    """A rule that was selected and could not run, with the reason."""

    rule: str
    why: Words
    """By language."""
    pack: str = ""
    """The national pack that is not asked for, if that is why."""


@dataclass(frozen=True)
class Crash:
    """A rule that raised an exception: a fault of the rule, not of the register."""

    rule: str
    subject: str
    error: str


@dataclass(frozen=True)
class Report:
    """What a check found, on which day, by which rules and which law.

    `findings` are in the order of file and line, faults of the text included. Every rule selected
    is in `run`, `skipped` or `crashes`.
    """

    loaded: Loaded
    on: date
    law: Law
    findings: tuple[Finding, ...]
    run: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Records that are not in place on that day, by their own `since` and `until`: no rule looks at them."""
    crashes: tuple[Crash, ...] = ()
    ignored: tuple[str, ...] = ()
    """Rules that were to be left out, by their ids."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Rules that were weighed otherwise than the catalogue weighs them."""
    standings: Standings | None = None
    """On what the transfers stand; None if no rule could run."""
    what_if: WhatIf | None = None
    """What would happen without the instruments that the check was to do without."""
    baseline: tuple[Entry, ...] | None = None
    """What was known when ropa was adopted; None if nobody asked."""
    gone: tuple[Entry, ...] = ()
    """Entries of the baseline that nothing needs any more: the finding is gone, or a waiver is of it."""

    @property
    def unable(self) -> tuple[Skipped, ...]:
        """The rules that could not run, other than those of national packs that nobody asked for."""
        return tuple(one for one in self.skipped if not one.pack)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that somebody accepted until a day that is not over."""
        return tuple(finding for finding in self.findings if finding.waiver is not None)

    @property
    def known(self) -> tuple[Finding, ...]:
        """The findings that the baseline has."""
        return tuple(finding for finding in self.findings if finding.known)

    @property
    def ok(self) -> bool:
        """Whether the register was read whole, every rule ran, and none found an error that counts."""
        return not (self.loaded.problems or self.crashes or self.counts[Severity.ERROR])

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity, of those that count: not waived, not of the baseline."""
        return Counter(finding.severity for finding in self.findings if finding.counts)


def check(
    loaded: Loaded,
    *,
    on: date,
    law: Law | None = None,
    select_rules: Collection[str] = (),
    ignore_rules: Collection[str] = (),
    without: Collection[str] = (),
    packs: Collection[str] = (),
    own_rules: Sequence[Rule[Any]] = (),
    severities: Mapping[str, Severity] | None = None,
    unread_rules: Collection[str] = (),
    baseline: Collection[Entry] | None = None,
) -> Report:
    """Check a loaded register against the law of a day.

    `on` is the day asked about; `select_rules` and `ignore_rules` name rules or families (all
    rules, if nothing is selected); `without` names instruments that are taken to have ended on that
    day (`us-dpf`); `packs` names national packs to run besides that of the organisation's country
    (`DE`); `own_rules` are asked besides those of the catalogue, `severities` replace those of rules
    by id; `unread_rules` names files of own rules that nobody trusted. A rule that is selected by name
    runs whatever its pack. What the register's waivers cover, and what `baseline` has, is found and
    does not count. Faults of the text are findings too; while there are any, no rule runs, since what could not be read would look like a gap.
    Raises UnknownRuleError, UnknownPackError, UnknownLawError.
    """
    if type(on) is not date:  # a datetime is a date too, and cannot be compared with one
        raise TypeError(f"`on` is a day, as datetime.date(2020, 7, 16), not {on!r}")
    law = law or Law.load()
    supposed = law.without(without, on) if without else law
    named, rules = select(select_rules, (), own_rules), select(select_rules, ignore_rules, own_rules)
    packs_asked = known_packs(packs, own_rules)
    faults = told_apart(finding_of_fault(fault) for fault in loaded.problems)
    why_not = _why_not(loaded, on)
    if loaded.register is None or why_not is not None:
        assert why_not is not None
        skipped = (*(Skipped(rule.id, why_not) for rule in rules), *map(_unread, unread_rules))
        return Report(loaded, on, supposed, faults, (), skipped, baseline=_entries(baseline))
    standings = Standings(Graph(loaded.register), supposed, on)
    packs_on = _packs_on(loaded.register, packs_asked)
    off = [] if select_rules else [rule for rule in rules if rule.pack and rule.pack not in packs_on]
    rules = tuple(rule for rule in rules if rule not in off)
    found, crashes = _found(standings, rules, loaded, severities or {})
    crashed = {crash.rule for crash in crashes}
    run = tuple(rule.id for rule in rules if rule.id not in crashed)
    ran = () if without else run  # of a question about another law, what is not found says nothing
    asked = Asked(on, loaded.sources.place, own_rules, not unread_rules, ran)
    findings = with_waivers(told_apart(found), loaded.register, asked)
    findings, gone = _known(findings, loaded.register, asked, baseline or ())
    return Report(
        loaded, on, supposed,
        findings=findings,
        run=run,
        skipped=(*(Skipped(rule.id, _pack_is_off(rule.pack), rule.pack) for rule in off), *map(_unread, unread_rules)),
        passed_over=tuple(format_path(path) for path in _passed_over(loaded.register, on)),
        crashes=crashes,
        ignored=tuple(rule.id for rule in named if rule not in (*rules, *off)),
        severities=dict(severities or {}),
        standings=standings,
        what_if=what_if(Standings(standings.graph, law, on), supposed) if without else None,
        baseline=_entries(baseline),
        gone=gone,
    )  # fmt: skip


def _why_not(loaded: Loaded, on: date) -> Words | None:
    """Say why no rule can run, if none can."""
    if loaded.register is None:
        return {
            "en": "the register could not be read whole",
            "nl": "het register kon niet in zijn geheel worden gelezen",
            "de": "das Verzeichnis konnte nicht vollständig gelesen werden",
            "fr": "le registre n'a pas pu être lu en entier",
        }
    if on < GDPR_APPLIES:
        return {
            "en": f"before {GDPR_APPLIES} the GDPR did not apply (Art. 99(2))",
            "nl": f"vóór {GDPR_APPLIES} gold de AVG niet (art. 99 lid 2)",
            "de": f"vor dem {GDPR_APPLIES} galt die DSGVO nicht (Art. 99 Abs. 2)",
            "fr": f"avant le {GDPR_APPLIES}, le RGPD n'était pas applicable (art. 99, par. 2)",
        }
    return None


def _weighed(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """Return a finding with the severity that the organisation gives to its rule."""
    severity = severities.get(finding.rule)
    return finding if severity is None else replace(finding, severity=severity)


def _packs_on(register: Register, named: Collection[str]) -> set[str]:
    """Return the national packs that run: that of the organisation's country, and those that are named."""
    country = register.keeper.country if register.keeper is not None else None
    return {*named, *((country,) if known(country) else ())}


def _pack_is_off(pack: str) -> Words:
    return {
        "en": f"the national pack {pack} is not asked for",
        "nl": f"het nationale pakket {pack} is niet gevraagd",
        "de": f"das nationale Paket {pack} ist nicht angefordert",
        "fr": f"le volet national {pack} n'est pas demandé",
    }


def _unread(name: str) -> Skipped:
    why = {
        "en": f"the rules in {name} are Python, and run only with `--trust`",
        "nl": f"de regels in {name} zijn Python en worden alleen met `--trust` uitgevoerd",
        "de": f"die Regeln in {name} sind Python und werden nur mit `--trust` ausgeführt",
        "fr": f"les règles de {name} sont en Python et ne sont exécutées qu'avec `--trust`",
    }
    return Skipped(name, why)


def _entries(baseline: Collection[Entry] | None) -> tuple[Entry, ...] | None:
    return None if baseline is None else tuple(baseline)


def _known(
    findings: tuple[Finding, ...], register: Register, asked: Asked, baseline: Collection[Entry]
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """Return the findings with those marked that the baseline has, and the entries that nothing needs any more.

    Nothing is said of an entry whose rule did not run, or whose record is not in place on the day.
    """
    fingerprints = {entry.fingerprint for entry in baseline}
    there = {one.fingerprint for one in findings if can_be_known(one)}
    gone = tuple(
        entry
        for entry in baseline
        if entry.fingerprint not in there
        and entry.rule in asked.ran
        and looked_at(register, parse_path(entry.subject), asked.on)
    )
    known = fingerprints & there
    return tuple(replace(one, known=True) if one.fingerprint in known else one for one in findings), gone


def _found(
    standings: Standings, rules: Iterable[Rule[Any]], loaded: Loaded, severities: Mapping[str, Severity]
) -> tuple[list[Finding], tuple[Crash, ...]]:
    """Return what the rules find, in the order of the report, and which of them crashed where."""
    with paused_collector():
        outcomes = tuple(_run(standings, rules))
        found = [
            _weighed(finding_of_problem(rule, path, problem, loaded.sources), severities)
            for rule, path, problem in outcomes
            if isinstance(problem, Problem)
        ]
        found.sort(key=lambda finding: finding.order)
    return found, tuple(crash for _, _, crash in outcomes if isinstance(crash, Crash))


def _run(standings: Standings, rules: Iterable[Rule[Any]]) -> Iterator[tuple[Rule[Any], Path, Problem | Crash]]:
    """Ask every rule about every record of its kind, in one pass over the records in place."""
    by_kind = _by_kind(rules)
    for subject in subjects(standings.graph.register, standings.day):
        looking = by_kind.get(type(subject.record))
        if looking and subject.in_place:
            context = Context(standings, subject.path, subject.above)
            for rule in looking:
                for outcome in _ask(rule, subject, context):
                    yield rule, subject.path, outcome


def _passed_over(register: Register, on: date) -> Iterator[Path]:
    """Yield the way to each record that is not in place on a day, though what it stands in is."""
    for section in SECTIONS:
        for one, record in getattr(register, section).items():
            if not in_place(record, on):
                yield (section, one)


def _by_kind(rules: Iterable[Rule[Any]]) -> dict[type[Record], list[Rule[Any]]]:
    """Sort rules by the record they look at, so that one pass over the records serves all."""
    kinds: dict[type[Record], list[Rule[Any]]] = {}
    for rule in rules:
        for kind in rule.on:
            kinds.setdefault(kind, []).append(rule)
    return kinds


def _ask(rule: Rule[Any], subject: Subject, context: Context) -> Iterator[Problem | Crash]:
    """Ask one rule about one record. A rule that crashes loses no other finding."""
    path: Path = subject.path
    try:
        yield from rule.look(subject.record, context)
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is named, and fails the run
        yield Crash(rule.id, format_path(path) or "register", f"{type(error).__name__}: {error}")
