"""TRF32: nobody knows in which country a processor is."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party, in_place, known
from ropa.rules.prc import is_processor
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("TRF32", on=Party, severity=Severity.WARNING, cites=("GDPR 44", "GDPR 30(1)(e)", "GDPR 30(2)(c)"))
def processor_place_unknown(party: Party, ctx: Context) -> Iterator[Problem]:
    """The record gives no country for a processor that data reach, or leaves open where else it processes them."""
    if not is_processor(party) or party.international_organisation == "yes":
        return
    places = ctx.graph.countries_of(ctx.id)
    elsewhere = party.processes_in == "unknown" and bool(places)
    if not all(ctx.law.inside(one, ctx.day) for one in places) or (places and not elsewhere):
        return
    if not ctx.graph.ways_to(ctx.id, ctx.day) or (not elsewhere and _shown_by_transfer(ctx)):
        return
    if elsewhere:
        yield Problem.on("processes_in", says="elsewhere", party=ctx.called())
    else:
        absent = party.country is None
        yield Problem.on(
            "country",
            says="absent" if absent else "unknown",
            severity=Severity.INFO if absent else None,
            party=ctx.called(),
        )


def _shown_by_transfer(ctx: Context) -> bool:
    """Tell whether a transfer says to which countries the party takes the data."""
    naming = (
        ctx.register.transfers[one] for section, one in ctx.graph.named_by("parties", ctx.id) if section == "transfers"
    )
    return any(one.to == ctx.id and known(one.countries) and in_place(one, ctx.day) for one in naming)
