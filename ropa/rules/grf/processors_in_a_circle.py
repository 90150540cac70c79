"""GRF01: processors that engage each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF01", on=Party, severity=Severity.WARNING, cites=("GDPR 28(2)", "GDPR 28(4)"))
def processors_in_a_circle(party: Party, ctx: Context) -> Iterator[Problem]:
    """A chain of sub-processors leads back to where it began, so that nobody answers for its end."""
    if not isinstance(party.sub_processors, tuple):
        return
    circle = ctx.graph.circle(ctx.id)
    if circle and ctx.id == min(circle):  # each circle once
        at = party.sub_processors.index(circle[1])
        trail = tuple(("parties", one) for one in circle)
        yield Problem.on("sub_processors", at, party=ctx.called(), number=len(circle) - 1, trail=trail)
