"""A3012: an exemption from the record that the activity does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.a30 import exemption_barred
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3012", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(5)",))
def exemption_not_available(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """The record claims the exemption of Art. 30(5), and itself states what excludes it."""
    if activity.exemption is None:
        return
    why = exemption_barred(activity, activity.exemption, ctx)
    if why == "persons":
        limit = ctx.law.number("record-exemption", ctx.day)
        yield Problem.on("exemption", says=why, activity=ctx.called(), limit=str(limit))
    elif why == "not-occasional":
        yield Problem.on("exemption", "occasional", says=why, activity=ctx.called())
    elif why == "risk":
        yield Problem.on("exemption", "risk", says=why, activity=ctx.called())
    elif why == "sensitive":
        yield Problem.on("exemption", says=why, activity=ctx.called())
