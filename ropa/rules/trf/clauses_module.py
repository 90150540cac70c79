"""TRF11: a transfer rests on clauses that do not fit it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import best, trail
from ropa.source.page import Fact

_SAYS = {
    (State.WRONG_MODULE, ""): "wrong",
    (State.CONDITIONAL, "module"): "missing",
    (State.OUT_OF_SCOPE, "no-transfer-tool"): "no-transfer-tool",
    (State.NONE, "no-such-clauses"): "no-such-clauses",
    (State.CONDITION_NOT_MET, "modified"): "modified",
}
_RELATIONS = {
    "C2C": {"en": "controller to controller", "nl": "verwerkingsverantwoordelijke aan verwerkingsverantwoordelijke"},
    "C2P": {"en": "controller to processor", "nl": "verwerkingsverantwoordelijke aan verwerker"},
    "P2P": {"en": "processor to processor", "nl": "verwerker aan verwerker"},
    "P2C": {"en": "processor to controller", "nl": "verwerker aan verwerkingsverantwoordelijke"},
}


@rule("TRF11", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(2)(c)", "GDPR 46(3)(a)"))
def clauses_module(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses this transfer relies on, or their module, do not fit it."""
    answer = best(transfer, ctx)
    claim = answer.instrument
    if not isinstance(claim, Clauses) or (answer.state, answer.why) not in _SAYS:
        return
    facts: dict[str, Fact] = {"transfer": ctx.called(), "clauses": claim.clauses}
    if answer.version is not None:
        facts["clauses"] = ctx.law.clauses(claim.clauses).name
    if answer.state is State.WRONG_MODULE:
        facts["relation"] = _RELATIONS[ctx.graph.roles(transfer) or ""]
    yield Problem(("instruments", answer.at), facts, _SAYS[answer.state, answer.why], trail=trail(ctx))
