"""GRF05: a security measure that protects nothing in the record."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Measure
from ropa.rules.grf import unused
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("GRF05", on=Measure, severity=Severity.INFO, cites=("GDPR 30(1)(g)", "GDPR 32(1)"))
def measure_unused(measure: Measure, ctx: Context) -> Iterator[Problem]:
    """A measure is neither said to apply everywhere, nor named by an activity, a service or a transfer."""
    if measure.everywhere != "yes" and unused(ctx):
        yield Problem.on(measure=ctx.called())
