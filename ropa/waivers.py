"""Who accepted what until when: the waivers of a register put to what was found on a day, and what there is to say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ropa.errors import UnknownRuleError, nearest
from ropa.findings import Acceptance, Finding
from ropa.model import Register, Waiver
from ropa.rules import Rule, catalogue, find_rule, looked_at
from ropa.rules.unruled import FAMILIES, UNRULED, unruled_page
from ropa.source import Fact, Place, format_path, parse_path

__all__ = ["Asked", "with_waivers"]


@dataclass(frozen=True)
class Asked:
    """What a check asked, as far as a waiver without a finding can be judged by it.

    `on` is the day, `place` resolves a path to its place in the text. `own_rules` are known besides
    those of the catalogue; `all_known` is False if there are others that were not read. `ran` are the
    ids of the rules that ran to the end, of a question about the law as it is.
    """

    on: date
    place: Callable[..., Place]
    own_rules: Sequence[Rule[Any]] = ()
    all_known: bool = True
    ran: Collection[str] = ()


def with_waivers(findings: Sequence[Finding], register: Register, asked: Asked) -> tuple[Finding, ...]:
    """Return findings with the waivers that cover them, and what there is to say of the waivers themselves.

    A waiver covers the findings of its own rule on its own subject (and at its own `path`, if it names
    one) and no other: from `accepted_on` through `until`, both included. Of several that cover one
    finding, the one that holds longest is named. Faults of the text and findings about waivers are
    never covered.
    """
    if not register.waivers:
        return tuple(findings)
    holding = {one: waiver for one, waiver in register.waivers.items() if waiver.begun(asked.on)}
    covering = _covering(findings, holding)
    marked = [_marked(finding, covering.get(at, ()), holding, asked.on) for at, finding in enumerate(findings)]
    matching = {one for ones in covering.values() for one in ones}
    about = [
        *_lapsed(marked, asked),
        *(each for one in holding if one not in matching for each in _unmatched(one, register, findings, asked)),
        *(each for one, waiver in register.waivers.items() for each in _of_no_rule(one, waiver, findings, asked)),
    ]
    return tuple(sorted([*marked, *about], key=lambda finding: finding.order))


def _covering(findings: Sequence[Finding], holding: Mapping[str, Waiver]) -> dict[int, list[str]]:
    """Return which waivers are of each finding, by its number, whether or not they have lapsed."""
    of_subject: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, finding in enumerate(findings):
        if finding.rule not in UNRULED:
            of_subject[finding.rule, finding.subject].append(at)
    covering: dict[int, list[str]] = defaultdict(list)
    for one, waiver in holding.items():
        for at in of_subject.get((waiver.rule, waiver.subject), ()):
            if waiver.path is None or waiver.path == findings[at].path:
                covering[at].append(one)
    return covering


def _marked(finding: Finding, ones: Collection[str], holding: Mapping[str, Waiver], on: date) -> Finding:
    """Return a finding with the waiver that covers it; or with the one that did, and has lapsed."""
    if not ones:
        return finding
    longest = max(ones, key=lambda one: (holding[one].until, one))
    waiver = holding[longest]
    acceptance = Acceptance(longest, waiver.reason, waiver.accepted_by, waiver.until)
    return replace(finding, lapsed=acceptance) if waiver.lapsed(on) else replace(finding, waiver=acceptance)


def _lapsed(marked: Sequence[Finding], asked: Asked) -> Iterator[Finding]:
    """Say of each waiver that lapsed that what it covered is back because of that."""
    back: dict[str, list[Finding]] = {}
    for finding in marked:
        if finding.lapsed is not None:
            back.setdefault(finding.lapsed.id, []).append(finding)
    for one, found in back.items():
        lapsed = found[0].lapsed
        assert lapsed is not None
        facts: dict[str, Fact] = {"rule": found[0].rule, "subject": found[0].subject, "by": lapsed.by, "until": lapsed.until}  # fmt: skip
        yield _about("WVR01", (one, "until"), asked, facts, related=tuple(finding.place for finding in found))


def _unmatched(one: str, register: Register, findings: Sequence[Finding], asked: Asked) -> Iterator[Finding]:
    """Say of a waiver that it matches nothing, where that can be known."""
    waiver = register.waivers[one]
    if waiver.rule not in asked.ran or not looked_at(register, parse_path(waiver.subject), asked.on):
        return
    near = next((each for each in findings if each.rule == waiver.rule and _touch(waiver, each)), None)
    at = waiver.path or waiver.subject
    facts: dict[str, Fact] = {"rule": waiver.rule, "subject": at, "day": asked.on}
    if near is None:
        yield _about("WVR02", (one, "subject"), asked, facts)
    else:
        facts["near"] = near.path if near.subject == waiver.subject else near.subject
        yield _about("WVR02", (one, "subject"), asked, facts, says="elsewhere", related=(near.place,))


def _touch(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether a finding is about the waiver's own subject, what stands in it, or what it stands in."""
    one, other = parse_path(waiver.subject), parse_path(finding.subject)
    length = min(len(one), len(other))
    return length > 1 and one[:length] == other[:length]


def _of_no_rule(one: str, waiver: Waiver, findings: Sequence[Finding], asked: Asked) -> Iterator[Finding]:
    """Say of a waiver that what it names is no rule, or one whose findings nobody can accept."""
    families = {rule.family for rule in asked.own_rules} | {rule.family for rule in catalogue()}
    facts: dict[str, Fact] = {"rule": waiver.rule}
    if waiver.rule in FAMILIES or waiver.rule in UNRULED:
        yield _about("WVR03", (one, "rule"), asked, facts, says="unwaivable")
    elif waiver.rule in families:
        yield _about("WVR03", (one, "rule"), asked, facts, says="family")
    else:
        meant = _meant(waiver.rule, [finding.rule for finding in findings if finding.subject == waiver.subject], asked)
        if meant is None and asked.all_known:
            yield _about("WVR03", (one, "rule"), asked, facts, says="far")
        elif meant is not None and meant != waiver.rule:
            yield _about("WVR03", (one, "rule"), asked, {**facts, "suggestion": meant}, says="near")


def _meant(name: str, found: list[str], asked: Asked) -> str | None:
    """Return the id of the rule that a waiver names; else that of the one it was meant to name, if one is near.

    A rule that found something on the waiver's subject is the likelier. Where own rules were not read, none is guessed.
    """
    try:
        return find_rule(name, asked.own_rules).id
    except UnknownRuleError as error:
        return nearest(name.upper(), found) or error.suggestion if asked.all_known else None


def _about(
    rule: str,
    at: tuple[str, str],
    asked: Asked,
    facts: dict[str, Fact],
    *,
    says: str | None = None,
    related: tuple[Place, ...] = (),
) -> Finding:
    """Return a finding about a waiver, at a field of it: `at` is its id and the field."""
    kind, path = UNRULED[rule], ("waivers", *at)
    return Finding(
        rule=rule,
        name=kind.name,
        severity=kind.severity,
        cites=(),
        subject=format_path(path[:2]),
        path=format_path(path),
        place=asked.place(path),
        related=related,
        says=says,
        facts={"waiver": at[0], **facts},
        page=unruled_page(rule),
    )
