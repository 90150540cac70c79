"""KB01: the day asked about lies after the day through which the law data were verified."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Register, in_place
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("KB01", on=Register, severity=Severity.INFO, cites=())
def law_not_verified(register: Register, ctx: Context) -> Iterator[Problem]:
    """Transfers are judged for a day up to which nobody has looked at the law."""
    transfers = [one for one in register.transfers.values() if in_place(one, ctx.day)]
    if transfers and ctx.day > ctx.law.verified_through:
        yield Problem.on("transfers", day=ctx.day, through=ctx.law.verified_through, number=len(transfers))
