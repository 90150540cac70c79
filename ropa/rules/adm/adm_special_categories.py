"""ADM03: an automated decision on special categories of data without Art. 9(2)(a) or (g)."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, AutomatedDecision, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import activity_of, for_law_enforcement


@rule("ADM03", on=AutomatedDecision, severity=Severity.ERROR, cites=("GDPR 22(4)",), unless=for_law_enforcement)
def adm_special_categories(decision: AutomatedDecision, ctx: Context) -> Iterator[Problem]:
    """A decision by automated means alone uses special categories of data on another condition, or on none."""
    activity = activity_of(ctx)
    if decision.special_categories not in ("yes", "unknown"):
        return
    stated = _conditions(activity)
    if known(decision.special_ground) or (decision.special_ground is None and stated & {"9(2)(a)", "9(2)(g)"}):
        return
    if decision.special_categories == "unknown":
        yield Problem.on("special_categories", says="unused", severity=Severity.WARNING, activity=ctx.called())
    elif decision.special_ground == "unknown" or (decision.special_ground is None and "unknown" in stated):
        yield Problem.on("special_ground", says="unknown", severity=Severity.WARNING, activity=ctx.called())
    else:
        yield Problem.on("special_ground", says="missing", activity=ctx.called())


def _conditions(activity: Activity) -> set[str]:
    """Return the conditions of Art. 9(2) that the purposes of an activity rely on; `unknown` may be among them."""
    stated = [one.special_categories for one in activity.purpose_records().values()]
    return {one.condition for some in stated if isinstance(some, tuple) for one in some} | (
        {"unknown"} if "unknown" in stated else set()
    )
