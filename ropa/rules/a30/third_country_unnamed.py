"""A3008: a transfer does not name the third country."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("A3008", on=Transfer, severity=Severity.ERROR, cites=("GDPR 30(1)(e)", "GDPR 30(2)(c)"))
def third_country_unnamed(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """A transfer does not name the third country."""
    importer = ctx.register.parties.get(transfer.to)
    international = importer is not None and importer.international_organisation == "yes"
    if not ctx.graph.destinations(transfer) and not international:
        yield Problem.on("countries", transfer=ctx.called())
