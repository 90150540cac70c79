"""A3008: a transfer does not name the third country."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3008", on=Transfer, severity=Severity.ERROR, cites=("GDPR 30(1)(e)", "GDPR 30(2)(c)"))
def third_country_unnamed(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A transfer does not name the third country."""
    if not ctx.graph.destinations(transfer):
        yield Problem.on("countries", transfer=ctx.called())
