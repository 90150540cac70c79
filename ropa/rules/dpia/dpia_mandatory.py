"""DPIA01: no impact assessment where Art. 35(1) or (3) requires one."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.dpia import CASES, missing, undecided
from ropa.rules.rule import Context, Problem, Severity, rule

_CITES = {"evaluation": "GDPR 35(3)(a)", "sensitive": "GDPR 35(3)(b)", "monitoring": "GDPR 35(3)(c)"}


@rule("DPIA01", on=Activity, severity=Severity.ERROR, cites=("GDPR 35(1)",))
def dpia_mandatory(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """By its own facts an activity needs an impact assessment, and none is recorded as done."""
    found = missing(activity, ctx)
    if found is None or found.why not in (*CASES, "stated", "reasoned", "undecided"):
        return
    field = undecided(activity, ctx) if found.why == "undecided" else None
    yield Problem.on(
        "dpia",
        field or ("required" if found.why in ("stated", "reasoned") else "done"),
        says=found.why,
        severity=found.severity,
        cites=(_CITES.get(found.why, "GDPR 35(3)"),) if found.why != "stated" else (),
        activity=ctx.called(),
        field=field or "done",
    )
