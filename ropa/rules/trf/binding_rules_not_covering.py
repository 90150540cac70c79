"""TRF16: a transfer rests on binding corporate rules that do not cover it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import BindingRules, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground

_SAYS = {
    State.CONDITIONAL: "open",
    State.CONDITION_NOT_MET: "refused",
    State.WRONG_MODULE: "kind",
    State.NOT_YET: "later",
}


@rule("TRF16", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(2)(b)", "GDPR 47(1)", "GDPR 47(2)"))
def binding_rules_not_covering(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The binding corporate rules are not shown to be approved, or to bind this importer."""
    answer = ground(ctx, BindingRules)
    if answer is not None and answer.state in _SAYS:
        open_membership = answer.state is State.CONDITIONAL and answer.why == "importer-bound"
        yield about(ctx, answer, _SAYS[answer.state], Severity.WARNING if open_membership else None)
