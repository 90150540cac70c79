"""TRF23: a territory that looks as if it were inside, because its State is."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import standing, trail


@rule("TRF23", on=Transfer, severity=Severity.WARNING, cites=("TFEU 355", "GDPR 44"))
def territory_pitfall(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Data go to a territory of a Member State where the GDPR does not apply, and the transfer stands on nothing."""
    if not standing(ctx).state.fails:
        return
    for country in ctx.graph.destinations(transfer):
        fact = ctx.law.territory(country)
        if fact is None or fact.part_of is None or ctx.law.inside(country, ctx.day):
            continue
        if ctx.law.inside(fact.part_of, ctx.day):
            yield Problem.on(
                *(("countries",) if transfer.countries else ("to",)),
                transfer=ctx.called(), territory=fact.name, state=fact.part_of, trail=trail(ctx),
            )  # fmt: skip
