"""DPO01: no data protection officer where Art. 37(1) requires one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ropa.model import Dpia, Organisation, Person, in_place
from ropa.rules.dpia import large_scale
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import by_gdpr, sensitive


class _Case(NamedTuple):
    """An activity that makes an officer mandatory by a point of Art. 37(1), or would if a fact that is open were a yes."""

    activity: str
    point: str
    field: str | None


@rule("DPO01", on=Organisation, severity=Severity.ERROR, cites=("GDPR 37(1)",))
def dpo_missing(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """An organisation has to designate a data protection officer, and the record names none."""
    if isinstance(organisation.dpo, Person):
        return
    asks = Severity.WARNING if organisation.dpo == "unknown" else None
    cases = _cases(ctx) if ctx.path == ("controller",) else []
    if organisation.public_authority == "yes":
        yield Problem.on("dpo", says="authority", severity=asks, cites=("GDPR 37(1)(a)",), organisation=ctx.called())
    elif cases:
        case = min(cases, key=lambda one: one.field is not None)  # one that is certain, if there is one
        says = "open" if case.field else {"b": "monitoring", "c": "sensitive"}[case.point]
        yield Problem.on(
            "dpo",
            says=says,
            severity=Severity.WARNING if case.field else asks,
            trail=(("activities", case.activity),),
            cites=(f"GDPR 37(1)({case.point})",),
            organisation=ctx.called(),
            activity=ctx.called(("activities", case.activity)),
            point=case.point,
            field=case.field or "",
        )
    elif organisation.public_authority == "unknown":
        says, asks = "authority-unknown", Severity.WARNING
        yield Problem.on("dpo", says=says, severity=asks, cites=("GDPR 37(1)(a)",), organisation=ctx.called())


def _cases(ctx: Context) -> list[_Case]:
    """Return the activities that fall under point (b) or (c), or may do so."""
    found = []
    for one, activity in ctx.register.activities.items():
        if not in_place(activity, ctx.day) or not by_gdpr(activity):
            continue
        dpia = activity.dpia if isinstance(activity.dpia, Dpia) else Dpia()
        monitors = "yes" in (dpia.public_monitoring, (dpia.criteria or {}).get("monitoring"))
        point = "b" if monitors else "c" if sensitive(activity, ctx) else None
        facts = {"core": activity.core, "dpia.large_scale": large_scale(dpia)}
        if point is not None and "yes" in facts.values() and "no" not in facts.values():
            found.append(_Case(one, point, next((name for name, fact in facts.items() if fact != "yes"), None)))
    return found
