"""Rules of the family DPIA: data protection impact assessments and prior consultation (Art. 35, 36).

Of the rules on an assessment that is missing, one at the most speaks for each activity: the one
that the gravest reason for an assessment belongs to.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ropa.model import Activity, Dpia, known
from ropa.rules.rule import Context, Severity
from ropa.rules.spc import by_gdpr, sensitive

__all__ = ["CASES", "Missing", "criteria", "large_scale", "made", "missing", "undecided"]

CASES = ("evaluation", "sensitive", "monitoring")
"""The cases of Art. 35(3)(a), (b) and (c)."""


class Missing(NamedTuple):
    """An assessment that is missing: why it is asked for, and how much that weighs, if not as its rule says."""

    why: str
    severity: Severity | None = None


def missing(activity: Activity, ctx: Context) -> Missing | None:
    """Return the gravest reason why an assessment is missing, if there is one."""
    dpia = activity.dpia
    if (isinstance(dpia, Dpia) and made(dpia, ctx.day)) or not by_gdpr(activity):
        return None
    why = _reason(activity, ctx)
    if why is None:
        return None
    if isinstance(dpia, Dpia) and dpia.required == "no" and dpia.reason is not None:
        return Missing("reasoned", Severity.INFO) if why in CASES else None
    unknown = dpia == "unknown" or (isinstance(dpia, Dpia) and dpia.done == "unknown")
    return Missing(why, Severity.WARNING if unknown or why == "undecided" else None)


def _reason(activity: Activity, ctx: Context) -> str | None:
    dpia = activity.dpia
    if isinstance(dpia, Dpia):
        on_large_scale = large_scale(dpia) == "yes"
        if dpia.significant_decisions == "yes":
            return "evaluation"
        if on_large_scale and sensitive(activity, ctx):
            return "sensitive"
        if on_large_scale and dpia.public_monitoring == "yes":
            return "monitoring"
        if known(dpia.national_list):
            return "listed"
        if dpia.required == "yes":
            return "stated"
    if len(criteria(activity, ctx)) >= 2:
        return "criteria"
    return "undecided" if undecided(activity, ctx) is not None else None


def made(dpia: Dpia, day: date) -> bool:
    """Tell whether an assessment was made by a day: it is dated by then, or says what it holds, found, or where it is."""
    if isinstance(dpia.done, date):
        return dpia.done <= day
    return dpia.reference is not None or known(dpia.residual_risk) or "yes" in (dpia.contents or {}).values()


def large_scale(dpia: Dpia) -> str | None:
    """Return whether the processing is on a large scale, by the field of that name, else by the screening."""
    return dpia.large_scale if dpia.large_scale is not None else (dpia.criteria or {}).get("large-scale")


def criteria(activity: Activity, ctx: Context) -> list[str]:
    """Return the criteria of WP248 that apply: those of the screening, and those that other fields state outright."""
    dpia = activity.dpia if isinstance(activity.dpia, Dpia) else Dpia()
    stated: dict[str, bool] = {
        "evaluation": activity.profiling == "yes",
        "automated-decisions": isinstance(activity.automated_decisions, tuple) and bool(activity.automated_decisions),
        "sensitive-data": sensitive(activity, ctx),
        "large-scale": dpia.large_scale == "yes",
    }
    stated |= {name: fact == "yes" for name, fact in (dpia.criteria or {}).items()}
    return [name for name, applies in stated.items() if applies]


def undecided(activity: Activity, ctx: Context) -> str | None:
    """Return the field that decides on a case of Art. 35(3) and is open.

    Whether sensitive data are processed on a large scale is asked only where that is recorded as
    unknown: nearly every employer has some.
    """
    dpia = activity.dpia
    if not isinstance(dpia, Dpia):
        return None
    if dpia.significant_decisions == "unknown":
        return "significant_decisions"
    scale = large_scale(dpia)
    if scale == "yes" and dpia.public_monitoring == "unknown":
        return "public_monitoring"
    asked = (None, "unknown") if dpia.public_monitoring == "yes" else ("unknown",)
    if scale in asked and (dpia.public_monitoring == "yes" or sensitive(activity, ctx)):
        return "large_scale"
    return None
