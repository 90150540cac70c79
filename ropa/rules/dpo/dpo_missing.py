"""DPO01: no data protection officer where Art. 37(1) requires one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ropa.model import Dpia, Organisation, Person, in_place
from ropa.rules.dpia import large_scale
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import by_gdpr, sensitive


class _Case(NamedTuple):
    """An activity that makes an officer mandatory, or would if a fact that is open were a yes."""

    activity: str
    point: str
    open_field: str | None


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
        case = min(cases, key=lambda one: one.open_field is not None)  # one that is certain, if there is one
        says = "open" if case.open_field else {"b": "monitoring", "c": "sensitive"}[case.point]
        yield Problem.on(
            "dpo",
            says=says,
            severity=Severity.WARNING if case.open_field else asks,
            trail=(("activities", case.activity),),
            cites=(f"GDPR 37(1)({case.point})",),
            organisation=ctx.called(),
            activity=ctx.called(("activities", case.activity)),
            point=case.point,
            field=case.open_field or "",
        )
    elif organisation.public_authority == "unknown":
        says, cites = "authority-unknown", ("GDPR 37(1)(a)",)
        yield Problem.on("dpo", says=says, severity=Severity.WARNING, cites=cites, organisation=ctx.called())


def _cases(ctx: Context) -> list[_Case]:
    """Return the activities that fall under point (b) or (c), or may do so."""
    found = []
    for one, activity in ctx.register.activities.items():
        if not in_place(activity, ctx.day) or not by_gdpr(activity):
            continue
        dpia = activity.dpia if isinstance(activity.dpia, Dpia) else Dpia()
        point = "b" if _monitors(dpia) else "c" if sensitive(activity, ctx) else None
        facts = {"core": activity.core, "dpia.large_scale": large_scale(dpia)}
        stated = [fact for fact in facts.values() if fact == "yes"]
        if point is not None and stated and "no" not in facts.values():
            found.append(_Case(one, point, next((name for name, fact in facts.items() if fact != "yes"), None)))
    return found


def _monitors(dpia: Dpia) -> bool:
    """Tell whether people are monitored regularly and systematically, by the screening or in public."""
    return dpia.public_monitoring == "yes" or (dpia.criteria or {}).get("monitoring") == "yes"
