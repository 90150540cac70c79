"""TRF11: a transfer rests on clauses that do not fit it."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.law import State
from ropa.model import Clauses, Transfer
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.trf import about, ground, standing

_STATES = (State.WRONG_MODULE, State.OUT_OF_SCOPE, State.NONE, State.CONDITION_NOT_MET)
_RELATIONS = {
    "C2C": {
        "en": "controller to controller",
        "nl": "verwerkingsverantwoordelijke aan verwerkingsverantwoordelijke",
        "de": "von Verantwortlichen an Verantwortliche",
        "fr": "de responsable du traitement à responsable du traitement",
    },
    "C2P": {
        "en": "controller to processor",
        "nl": "verwerkingsverantwoordelijke aan verwerker",
        "de": "von Verantwortlichen an Auftragsverarbeiter",
        "fr": "de responsable du traitement à sous-traitant",
    },
    "P2P": {
        "en": "processor to processor",
        "nl": "verwerker aan verwerker",
        "de": "von Auftragsverarbeitern an Auftragsverarbeiter",
        "fr": "de sous-traitant à sous-traitant",
    },
    "P2C": {
        "en": "processor to controller",
        "nl": "verwerker aan verwerkingsverantwoordelijke",
        "de": "von Auftragsverarbeitern an Verantwortliche",
        "fr": "de sous-traitant à responsable du traitement",
    },
}


@rule("TRF11", on=Transfer, severity=Severity.ERROR, cites=("GDPR 46(2)(c)", "GDPR 46(3)(a)"))
def clauses_module(transfer: Transfer, ctx: Context) -> Iterator[Problem]:
    """The clauses this transfer relies on, or their module, do not fit it."""
    answer = ground(ctx, Clauses)
    if answer is None or not isinstance(answer.instrument, Clauses):
        return
    relation = _RELATIONS.get(standing(ctx).leg.relation.roles or "", "")
    if answer.state in _STATES:
        yield about(ctx, answer, answer.why, relation=relation, clauses=answer.instrument.clauses)
    elif answer.state is State.CONDITIONAL and answer.why == "module":
        yield about(ctx, answer, "module-unstated")
    elif answer.state is State.CONDITIONAL and answer.why == "relation":
        yield about(ctx, answer, "relation-unknown", Severity.WARNING)
