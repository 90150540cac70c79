"""What must be assessed, or assessed again: impact on people, interests, compatibility, transfers (Art. 35, 6, 46)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ropa.changes.consequences.catalogue import Meaning, consequence, topics
from ropa.changes.involved import activity_topics, changed_topics, purpose_topics, transfer_topics
from ropa.changes.versions import Side, Sides
from ropa.model import Activity, Assessment, Dpia, LegitimateInterests, Purpose, in_place
from ropa.rules.dpia import criteria, made
from ropa.rules.dpia.dpia_two_criteria import CRITERIA
from ropa.rules.rule import Context, called
from ropa.rules.wording import in_a_row
from ropa.source import Path

__all__: list[str] = []

_RISK = ("purposes", "data", "people", "recipients", "transfers", "automated", "measures", "systems")
"""The topics that can change the risk an impact assessment was made about (Art. 35(11))."""


@consequence("dpia-screening", cites=("GDPR 35(1)", "WP248 rev.01"))
def dpia_screening(sides: Sides) -> Iterator[Meaning]:
    """An activity meets two criteria for a likely high risk, and did not before."""
    for one, after in sides.head.activities():
        met = _criteria(sides.head, one, after)
        before = sides.base.activity(one)
        had = _criteria(sides.base, one, before) if before is not None else []
        if len(met) < 2 or len(had) >= 2 or (isinstance(after.dpia, Dpia) and made(after.dpia, sides.head.day)):
            continue
        path = ("activities", one)
        facts = {"activity": sides.head.named("activities", one), "number": len(met), "before": len(had)}
        named = in_a_row([CRITERIA[each] for each in met])
        yield Meaning((*path, "dpia"), "criteria", {**facts, "criteria": named}, sides.reasons(one))


def _criteria(side: Side, one: str, activity: Activity) -> list[str]:
    context = Context(side.standings, ("activities", one), (side.register,))
    return list(criteria(activity, context))


@consequence("assessment-older", cites=())
def assessment_older(sides: Sides) -> Iterator[Meaning]:
    """An assessment was made about what is no longer so, and was not made again."""
    for one, before, after in sides.changed():
        yield from _impact(sides, one, before, after)
        for key, purpose in after.purpose_records().items():
            was = before.purpose_records().get(key)
            if was is not None:
                yield from _purpose(sides, one, key, was, purpose)
    yield from _transfers(sides)


def _impact(sides: Sides, one: str, before: Activity, after: Activity) -> Iterator[Meaning]:
    day = _same_day(before.dpia, after.dpia)
    changed = changed_topics(activity_topics(sides.base, one), activity_topics(sides.head, one))
    about = [topic for topic in changed if topic in _RISK]
    if day is not None and about:
        facts = {"activity": sides.head.named("activities", one), "day": day, "topics": topics(about)}
        yield Meaning(("activities", one, "dpia"), "dpia", dict(facts), sides.reasons(one), ("GDPR 35(11)",))


def _purpose(sides: Sides, one: str, key: str, before: Purpose, after: Purpose) -> Iterator[Meaning]:
    path = ("activities", one, "purposes", key)
    about = changed_topics(purpose_topics(sides.base, one, key), purpose_topics(sides.head, one, key))
    if not about:
        return
    for says, cites, was, now in (
        ("interests", ("GDPR 6(1)(f)", "GDPR 5(2)"), _balancing(before), _balancing(after)),
        ("compatibility", ("GDPR 6(4)",), before.compatibility, after.compatibility),
    ):
        day = _same_day(was, now)
        if day is not None:
            facts = {"purpose": after.name, "day": day, "topics": topics(about)}
            yield Meaning(path, says, dict(facts), sides.reasons(one), cites)


def _balancing(purpose: Purpose) -> Any:
    return next((basis.assessment for basis in purpose.bases if isinstance(basis, LegitimateInterests)), None)


def _transfers(sides: Sides) -> Iterator[Meaning]:
    for one, after in sides.head.register.transfers.items():
        before = sides.base.register.transfers.get(one)
        if before is None or not in_place(after, sides.head.day):
            continue
        day = _same_day(before.assessment, after.assessment)
        about = changed_topics(transfer_topics(sides.base, one), transfer_topics(sides.head, one))
        if day is not None and about:
            path: Path = ("transfers", one)
            facts = {"party": called(sides.head.register, path), "day": day, "topics": topics(about)}
            reasons = sides.reasons(*sides.head.graph.activities_of(one)) or sides.because(path, ("parties", after.to))
            yield Meaning((*path, "assessment"), "transfer", dict(facts), reasons, ("GDPR 46(1)", "C-311/18"))


def _same_day(before: Any, after: Any) -> date | None:
    """Return the day of an assessment that was not made again with the change."""
    days = [one.done for one in (before, after) if isinstance(one, (Assessment, Dpia)) and isinstance(one.done, date)]
    return days[1] if len(days) == 2 and days[0] == days[1] else None
