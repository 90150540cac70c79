"""ADM06: an automated decision on consent that is not explicit."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, AutomatedDecision, ConsentBasis, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, for_law_enforcement


@rule("ADM06", on=AutomatedDecision, severity=Severity.ERROR, cites=("GDPR 22(2)(c)",), unless=for_law_enforcement)
def adm_consent_not_explicit(decision: AutomatedDecision, ctx: Context) -> Iterator[Problem]:
    """A decision by automated means alone rests on consent that is not recorded as explicit."""
    activity, explicit = activity_of(ctx), decision.explicit_consent
    if decision.ground != "22(2)(c)" or explicit == "yes":
        return
    if explicit is None and _consent_is_explicit(activity):
        return
    severity = Severity.WARNING if explicit == "unknown" else None
    yield Problem.on("explicit_consent", says=explicit or "missing", severity=severity, activity=ctx.called())


def _consent_is_explicit(activity: Activity) -> bool:
    """Tell whether a purpose of the activity rests on explicit consent: it may be the same."""
    return any(
        isinstance(basis, ConsentBasis) and known(basis.consent) and basis.consent.explicit == "yes"
        for purpose in activity.purpose_records().values()
        for basis in purpose.bases
    )
