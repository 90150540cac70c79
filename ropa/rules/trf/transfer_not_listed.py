"""TRF02: data reach a third country, and the record shows no transfer."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Activity, in_place
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best
from ropa.source import Fact


@rule("TRF02", on=Activity, severity=Severity.ERROR, cites=("GDPR 30(1)(d)", "GDPR 30(1)(e)"))
def transfer_not_listed(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """Data of this activity reach a third country by a way that no transfer records."""
    for at, recipient in enumerate(activity.recipient_ids()):
        for flow in ctx.graph.onward(recipient):
            outside = [one for one in ctx.graph.countries_of(flow.reached) if not ctx.law.inside(one, ctx.day)]
            transfers = ctx.graph.transfers_to(flow.reached)
            to = [one for one in transfers if in_place(ctx.register.transfers[one], ctx.day)]
            if outside and not to:
                says = "unlisted" if len(flow.chain) == 1 else "unlisted-behind"
            elif activity.transfers == "none" and any(_concerns(one, ctx) for one in to):
                says = "denied"
            else:
                continue
            facts: dict[str, Fact] = {"activity": ctx.called(), "party": ctx.party(flow.reached)}
            facts |= {"first": ctx.party(recipient), "countries": ", ".join(outside)}
            yield Problem(("recipients", at), facts, says, trail=flow.trail)


def _concerns(transfer: str, ctx: Context) -> bool:
    """Tell whether a transfer belongs to the activity looked at, and leaves the area where data flow freely."""
    record = ctx.register.transfers[transfer]
    ours = record.activities is None or ctx.id in record.activities
    return ours and best(record, ctx).state is not State.NOT_A_TRANSFER
