"""GRF07: an activity uses a system whose operator is not among those whom its data reach."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity, in_place, known
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF07", on=Activity, severity=Severity.WARNING, cites=("GDPR 30(1)(d)", "GDPR 4(9)"))
def system_operator_not_recipient(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """A party runs a system that the activity uses, and the record does not show that data reach it."""
    if not isinstance(activity.systems, tuple) or activity.recipients is None or activity.recipients == "unknown":
        return
    reached = _reached(activity, ctx)
    for at, one in enumerate(activity.systems):
        operator = ctx.register.systems[one].party
        if operator is None or operator in reached:
            continue
        reached.add(operator)  # one gap, however many systems it runs
        party = ctx.register.parties[operator]
        if party.role != "internal" and in_place(party, ctx.day):
            yield Problem.on(
                "systems", at, trail=(("systems", one), ("parties", operator)),
                activity=ctx.called(), system=ctx.called(("systems", one)), party=ctx.party(operator),
            )  # fmt: skip


def _reached(activity: Activity, ctx: Context) -> set[str]:
    """Return the parties that data reach: recipients, those behind them, importers, joint controllers."""
    reached = {flow.reached for flow in ctx.graph.flows(activity)}
    reached.update(ctx.register.transfers[one].to for one in ctx.graph.transfers_of(ctx.id))
    return reached.union(activity.joint_control.parties if known(activity.joint_control) else ())
