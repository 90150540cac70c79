"""TRF30: a transfer for law enforcement rests on an instrument of the GDPR."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, standing


@rule("TRF30", on=Transfer, severity=Severity.ERROR, cites=("Directive (EU) 2016/680 Art. 35", "GDPR 2(2)"))
def instrument_of_other_law(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The activities are law enforcement, and the instrument is one that only the GDPR knows."""
    answer = standing(ctx).best
    if answer.why == "law-enforcement":
        yield about(ctx, answer, "other-law")
