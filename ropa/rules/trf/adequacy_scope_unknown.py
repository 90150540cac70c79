"""TRF06: a transfer rests on an adequacy decision whose scope leaves a question open."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail


@rule("TRF06", on=Transfer, severity=Severity.WARNING, cites=("GDPR 45(1)", "GDPR 45(3)"))
def adequacy_scope_unknown(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Whether the decision covers this recipient depends on a fact that the record does not give."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not isinstance(claim, Adequacy) or answer.state is not State.CONDITIONAL:
        return
    name, question = ctx.law.adequacy(claim.adequacy).name, answer.question or answer.why
    yield Problem.on(
        "instruments", answer.at,
        transfer=ctx.called(), decision=name, question=question, condition=answer.why, trail=trail(ctx),
    )  # fmt: skip
