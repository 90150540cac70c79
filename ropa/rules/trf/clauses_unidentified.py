"""TRF25: a transfer rests on clauses that the record does not identify."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF25", on=Transfer, severity=Severity.WARNING, cites=("GDPR 46(2)(c)",))
def clauses_unidentified(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Which clauses this transfer relies on, or when they were concluded, is not known."""
    answer = ground(ctx, Clauses)
    if answer is None or answer.state is not State.CONDITIONAL:
        return
    if answer.why == "unnamed":
        yield about(ctx, answer, "unnamed")
    elif answer.why == "concluded" and answer.version is not None and answer.version.end is not None:
        yield about(ctx, answer, "concluded", day=answer.version.end)
