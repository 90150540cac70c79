"""GRF02: a party that nothing in the register points at."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party
from ropa.rules.grf import unused
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF02", on=Party, severity=Severity.INFO, cites=("GDPR 30(1)(d)",))
def party_unused(party: Party, ctx: Context) -> Iterator[Problem]:
    """No activity, service, transfer, system or other party names this party: a link is missing, or the party is left over."""
    if unused(ctx):
        yield Problem.on(party=ctx.called())
