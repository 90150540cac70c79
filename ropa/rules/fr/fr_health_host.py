"""FR02: health data from care in the hands of a host that the record does not show to be certified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ropa.model import Activity, Certificate, System, in_place
from ropa.rules.prc import is_processor
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import data_of

_CITES = ("Art. L. 1111-8 Public Health Code (France)", "GDPR 9(4)")


@rule("FR02", on=System, severity=Severity.WARNING, cites=_CITES, pack="FR")
def fr_health_host(system: System, ctx: Context) -> Iterator[Problem]:
    """A system with health data from care is run by a party without a certificate as host of health data."""
    operator = ctx.register.parties.get(system.party or "")
    stated = system.data if isinstance(system.data, tuple) else ()
    health = {one for one in stated if "health" in (ctx.register.data[one].special or ())}
    # Whoever hosts for itself (another controller) hosts for nobody.
    if operator is None or not (is_processor(operator) or operator.role in (None, "unknown")) or not health:
        return
    care = next((one for one, activity in ctx.register.activities.items() if _is_care(activity, health, ctx)), None)
    if care is None or _certified(str(system.party), ctx):
        return
    yield Problem.on(
        "party",
        trail=(("activities", care),),
        system=ctx.called(),
        party=ctx.party(str(system.party)),
        activity=ctx.called(("activities", care)),
    )


def _is_care(activity: Activity, health: set[str], ctx: Context) -> bool:
    """Tell whether an activity in place uses the system, and some of its health data for a purpose of Art. 9(2)(h)."""
    if not isinstance(activity.systems, tuple) or ctx.id not in activity.systems or not in_place(activity, ctx.day):
        return False
    for purpose in activity.purpose_records().values():
        grounds = purpose.special_categories if isinstance(purpose.special_categories, tuple) else ()
        if any(one.condition == "9(2)(h)" for one in grounds) and health & data_of(purpose, activity, ctx).keys():
            return True
    return False


def _certified(operator: str, ctx: Context) -> bool:
    """Tell whether the operator, or a sub-processor behind it, is shown to hold the certificate on the day."""
    parties = (ctx.register.parties[flow.reached] for flow in ctx.graph.onward(operator, ctx.day))
    return any(
        _valid(one, ctx.day) for party in parties for one in party.certificates if _CERTIFICATE.search(one.scheme)
    )


_CERTIFICATE = re.compile(r"\bHDS\b|h[ée]bergeur de donn[ée]es de sant[ée]", re.IGNORECASE)


def _valid(certificate: Certificate, day: date) -> bool:
    """Tell whether a certificate is valid on a day, as far as its days are known."""
    begun = not (isinstance(certificate.since, date) and certificate.since > day)
    ended = isinstance(certificate.until, date) and certificate.until <= day
    return begun and not ended
