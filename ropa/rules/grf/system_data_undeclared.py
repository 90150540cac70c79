"""GRF08: a system holds data that none of the activities that use it names."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import System
from ropa.rules.grf import held_undeclared, is_special, listed
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF08", on=System, severity=Severity.WARNING, cites=("GDPR 30(1)(c)",))
def system_data_undeclared(system: System, ctx: Context) -> Iterator[Problem]:
    """A system holds categories of data, and no activity says that it processes them there."""
    data = [one for one in held_undeclared(system, ctx) if not is_special(ctx, one)]  # of the others GRF09 tells
    if data:
        yield Problem.on("data", system=ctx.called(), data=listed(ctx, "data", data))
