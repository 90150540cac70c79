"""TRF06: a transfer rests on an adequacy decision whose scope leaves a question open."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Adequacy, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground


@rule("TRF06", on=Transfer, severity=Severity.WARNING, cites=("GDPR 45(1)", "GDPR 45(3)"))
def adequacy_scope_unknown(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """Whether the decision covers this recipient depends on a fact that the record does not give."""
    answer = ground(ctx, Adequacy)
    if answer is None or answer.state is not State.CONDITIONAL or answer.why == "unnamed":
        return
    field = {
        "listed": "listed",
        "personnel-listed": "listed: {hr_data: …}",
        "organisation": "international_organisation",
    }
    yield about(ctx, answer, "open", field=field.get(answer.why, f"conditions: {{{answer.why}: …}}"))
