"""What another party brings with it: processors and theirs, joint controllers, third countries (Art. 26, 28, 44)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ropa.changes.consequences.catalogue import Meaning, consequence
from ropa.changes.versions import Side, Sides, country_names
from ropa.law import State
from ropa.model import Adequacy, JointControl, known
from ropa.rules.rule import called
from ropa.rules.wording import in_a_row
from ropa.source import Fact, Path, Words

__all__: list[str] = []

_UNSTATED: Words = {
    "en": "none is recorded yet",
    "nl": "nog niet vastgelegd",
    "de": "noch nicht erfasst",
    "fr": "pas encore consignés",
}


@consequence("sub-processor", cites=("GDPR 28(2)", "GDPR 28(4)"))
def sub_processor(sides: Sides) -> Iterator[Meaning]:
    """A processor engages another one: for a service of ours, or behind a processor of ours."""
    register = sides.head.register
    for one, service in register.services.items():
        before = sides.base.register.services.get(one)
        if before is None:
            continue
        for party in _new([chain[-1] for chain in sides.base.reached(before)], [chain[-1] for chain in sides.head.reached(service)]):  # fmt: skip
            controllers = service.controllers if isinstance(service.controllers, tuple) else ()
            told = in_a_row([called(register, ("parties", each)) for each in controllers]) if controllers else _UNSTATED
            facts: dict[str, Fact] = {"service": sides.head.named("services", one), "party": _party(sides.head, party), "controllers": told}  # fmt: skip
            yield Meaning(("services", one), "ours", facts, sides.because(("services", one), ("parties",)))
    yield from _behind(sides)


def _behind(sides: Sides) -> Iterator[Meaning]:
    """Yield each processor that one of ours engages from now on, with the activities whose data it reaches."""
    behind: dict[tuple[str, str], list[str]] = {}
    for one, before, after in sides.changed():
        links = [chain[-2:] for chain in sides.head.reached(after) if len(chain) > 1]
        for engager, party in _new([chain[-2:] for chain in sides.base.reached(before) if len(chain) > 1], links):
            if any(chain[-1] == engager for chain in sides.base.reached(before)):  # a new processor brings its own
                behind.setdefault((engager, party), []).append(one)
    for (engager, party), activities in behind.items():
        facts: dict[str, Fact] = {
            "processor": _party(sides.head, engager),
            "party": _party(sides.head, party),
            "activities": _all(sides.head, activities),
        }
        root: Path = ("parties", engager)
        yield Meaning(root, "theirs", facts, sides.because((*root, "sub_processors"), ("parties", party)))


@consequence("processor", cites=("GDPR 28(1)", "GDPR 28(3)"))
def processor(sides: Sides) -> Iterator[Meaning]:
    """A processor receives data of an activity that it did not receive before."""
    found: dict[str, list[str]] = {}
    for one, after in sides.head.activities():
        before = sides.base.activity(one)
        had = before.recipient_ids() if before is not None else ()
        for party in _new(had, after.recipient_ids()):
            if sides.head.register.parties[party].role == "processor":
                found.setdefault(party, []).append(one)
    engaged = {party for _, activity in sides.base.activities() for party in activity.recipient_ids()}
    for party, activities in found.items():
        facts: dict[str, Fact] = {"party": _party(sides.head, party), "activities": _all(sides.head, activities)}
        roots: tuple[Path, ...] = (("parties", party), *(("activities", one, "recipients") for one in activities))
        yield Meaning(("parties", party), "more" if party in engaged else "new", facts, sides.because(*roots))


@consequence("processor-left", cites=("GDPR 28(3)(g)",))
def processor_left(sides: Sides) -> Iterator[Meaning]:
    """A processor is no recipient of any activity or service any more."""
    before, after = _engaged(sides.base), _engaged(sides.head)
    for party in before:
        record = sides.base.register.parties[party]
        if party not in after and record.role in ("processor", "sub-processor"):
            roots = [change.path for change in sides.changes if party in str((change.path, change.before))]
            yield Meaning(("parties", party), "left", {"party": _party(sides.base, party)}, tuple(roots))


def _engaged(side: Side) -> tuple[str, ...]:
    """Return every party that the data of any activity or service reach."""
    records: list[Any] = [activity for _, activity in side.activities()]
    records += side.register.services.values()
    return tuple(dict.fromkeys(chain[-1] for record in records for chain in side.reached(record)))


@consequence("joint-controllers", cites=("GDPR 26(1)", "GDPR 26(2)"))
def joint_controllers(sides: Sides) -> Iterator[Meaning]:
    """An activity has joint controllers that it did not have before."""
    for one, after in sides.head.activities():
        before = sides.base.activity(one)
        new = _new(_joint(before.joint_control) if before is not None else (), _joint(after.joint_control))
        if new:
            path: Path = ("activities", one, "joint_control")
            named = in_a_row([_party(sides.head, party) for party in new])
            facts: dict[str, Fact] = {"activity": sides.head.named("activities", one), "parties": named}
            yield Meaning(path, "new", facts, sides.because(path) or sides.because(path[:2]))


def _joint(control: Any) -> tuple[str, ...]:
    return control.parties if isinstance(control, JointControl) else ()


@consequence("third-country", cites=("GDPR 44", "GDPR 13(1)(f)", "GDPR 30(1)(e)"))
def third_country(sides: Sides) -> Iterator[Meaning]:
    """Data of an activity reach a country outside the EEA that they did not reach before, or another party there."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one, _ in sides.head.activities():
        before = sides.base.outside(one) if sides.base.activity(one) is not None else {}
        for country, parties in sides.head.outside(one).items():
            new = tuple(_new(before.get(country, ()), parties))
            if new or country not in before:
                found.setdefault((country, new or parties), []).append(one)
    for (country, parties), activities in found.items():
        yield _reaches(sides, country, parties, activities)


def _reaches(sides: Sides, country: str, parties: tuple[str, ...], activities: list[str]) -> Meaning:
    """Say that data reach a country, and on what the register lets that rest."""
    transfers = _transfers_to(sides.head, country, parties, activities)
    says, rests = _rests_on(sides.head, transfers)
    facts: dict[str, Fact] = {
        "country": country_names(country),
        "parties": in_a_row([_party(sides.head, party) for party in parties]),
        "activities": _all(sides.head, activities),
        **rests,
    }
    subject: Path = ("transfers", transfers[0]) if transfers else ("parties", parties[0]) if parties else ("activities", activities[0])  # fmt: skip
    return Meaning(subject, says, facts, sides.reasons(*activities))


def _transfers_to(side: Side, country: str, parties: tuple[str, ...], activities: list[str]) -> list[str]:
    """Return the transfers by which data of activities go to parties in a country."""
    transfers = dict.fromkeys(one for activity in activities for one in side.transfers(activity))
    return [
        one
        for one in transfers
        if side.register.transfers[one].to in parties and country in side.graph.destinations(side.register.transfers[one])
    ]  # fmt: skip


def _rests_on(side: Side, transfers: list[str]) -> tuple[str, dict[str, Fact]]:
    """Return the case of what transfers rest on, and what there is to say of it; the worst of several decides."""
    standings = [side.standings.of(one) for one in transfers]
    if not standings:
        return "nothing", {}
    worst = max(standings, key=lambda standing: standing.state.rank)
    name = worst.best.name or ""
    if worst.state is State.CONDITIONAL and worst.best.question is not None:
        return "open", {"name": name, "question": worst.best.question}
    if not worst.state.holds:
        return "nothing", {}
    return ("adequacy" if isinstance(worst.best.instrument, Adequacy) else "safeguards"), {"name": name}


def _party(side: Side, one: str) -> Words | str:
    return called(side.register, ("parties", one)) if known(one) else one


def _all(side: Side, activities: list[str]) -> Words:
    return in_a_row([called(side.register, ("activities", one)) for one in activities])


def _new(before: Any, after: Any) -> list[Any]:
    return [one for one in dict.fromkeys(after) if one not in set(before)]
