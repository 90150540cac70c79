"""ADM05: automated decisions that the privacy notice does not explain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ropa.model import Activity, AutomatedDecision, known
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement


@rule(
    "ADM05", on=Activity, severity=Severity.ERROR, cites=("GDPR 13(2)(f)", "GDPR 14(2)(g)"), unless=for_law_enforcement
)
def adm_not_in_notice(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity takes automated decisions, and neither its notices nor the record explain them."""
    decisions = activity.automated_decisions
    if not isinstance(decisions, tuple) or not decisions:
        return
    notices = activity.notices if isinstance(activity.notices, tuple) else ()
    told = [_explains(one, ctx) for one in notices]
    if "yes" in told:  # notices may be for different people: one that explains the decisions will do
        return
    if told and None not in told and activity.notice_exemption is None:
        unknown = "unknown" in told
        yield Problem.on(
            "notices",
            told.index("unknown" if unknown else "no"),
            says="unknown" if unknown else "notice",
            severity=Severity.WARNING if unknown else None,
            trail=tuple(("notices", one) for one in notices),
            activity=ctx.called(),
        )
        return
    for at, decision in enumerate(decisions):
        unsaid = _unsaid(decision)
        if unsaid:
            yield Problem.on(
                "automated_decisions",
                at,
                unsaid[0],
                says="record",
                severity=Severity.WARNING,
                cites=("GDPR 15(1)(h)",),
                activity=ctx.called(),
                fields=", ".join(f"`{one}`" for one in unsaid),
            )


def _explains(notice: str, ctx: Context) -> str | None:
    """Return what is known about a notice: yes, no, unknown, or None where nobody has compared it (as it then was)."""
    record = ctx.register.notices[notice]
    later = isinstance(record.dated, date) and record.dated > ctx.day
    return None if record.covers is None or later else record.covers.automated_decisions


def _unsaid(decision: AutomatedDecision) -> list[str]:
    return [one for one in ("logic", "consequences") if not known(getattr(decision, one))]
