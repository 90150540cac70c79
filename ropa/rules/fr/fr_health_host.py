"""FR02: health data from care in the hands of a host that the record does not show to be certified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Activity, Certificate, System, in_place
from ropa.rules.rule import Context, Problem, Severity, rule

_CITES = ("Art. L. 1111-8 Public Health Code (France)", "GDPR 9(4)")


@rule("FR02", on=System, severity=Severity.WARNING, cites=_CITES, pack="FR")
def fr_health_host(system: System, ctx: Context) -> Iterator[Problem]:
    """A system with health data from care is run by a party without a certificate as host of health data."""
    operator = ctx.register.parties.get(system.party or "")
    data = system.data if isinstance(system.data, tuple) else ()
    health = [one for one in data if "health" in (ctx.register.data[one].special or ())]
    if operator is None or operator.role == "internal" or not health:
        return
    care = next((one for one, activity in ctx.register.activities.items() if _is_care(activity, ctx)), None)
    if care is None or _certified(str(system.party), ctx):
        return
    yield Problem.on(
        "party",
        trail=(("activities", care),),
        system=ctx.called(),
        party=ctx.party(str(system.party)),
        activity=ctx.called(("activities", care)),
    )


def _is_care(activity: Activity, ctx: Context) -> bool:
    """Tell whether an activity in place that uses the system is care, by the ground it gives for health data."""
    used = isinstance(activity.systems, tuple) and ctx.id in activity.systems
    grounds = [purpose.special_categories for purpose in activity.purpose_records().values()]
    stated = {one.condition for some in grounds if isinstance(some, tuple) for one in some}
    return used and in_place(activity, ctx.day) and "9(2)(h)" in stated


def _certified(operator: str, ctx: Context) -> bool:
    """Tell whether the operator, or a sub-processor behind it, is shown to hold the certificate on the day."""
    parties = (ctx.register.parties[flow.reached] for flow in ctx.graph.onward(operator))
    return any(_valid(one, ctx.day) for party in parties for one in party.certificates if "HDS" in one.scheme.upper())


def _valid(certificate: Certificate, day: date) -> bool:
    """Tell whether a certificate is valid on a day, as far as its days are known."""
    begun = not (isinstance(certificate.since, date) and certificate.since > day)
    ended = isinstance(certificate.until, date) and certificate.until <= day
    return begun and not ended
