"""LB10: a contract for what it can be performed without."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.languages import LANGUAGES
from ropa.model import ContractBasis
from ropa.rules.lb import setting
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement

_EXTRAS = {
    "analytics": {
        "en": "analytics",
        "nl": "analyse van gebruik",
        "de": "Nutzungsanalyse",
        "fr": "analyse d'utilisation",
    },
    "advertising": {"en": "advertising", "nl": "reclame", "de": "Werbung", "fr": "publicité"},
    "profiling": {"en": "profiling", "nl": "profilering", "de": "Profiling", "fr": "profilage"},
    "service-improvement": {
        "en": "service improvement",
        "nl": "verbetering van de dienst",
        "de": "Verbesserung des Dienstes",
        "fr": "amélioration du service",
    },
    "fraud-prevention": {
        "en": "fraud prevention",
        "nl": "fraudepreventie",
        "de": "Betrugsprävention",
        "fr": "prévention de la fraude",
    },
}
"""Tags of purposes that a contract as a rule does not need (EDPB Guidelines 2/2019, part 3)."""


@rule(
    "LB10", on=ContractBasis, severity=Severity.WARNING, cites=("GDPR 6(1)(b)", "C-252/21"), unless=for_law_enforcement
)
def contract_for_extras(basis: ContractBasis, ctx: Context) -> Iterator[Problem]:
    """The purpose rests on a contract, and its tags say that it is something beside the contract's object."""
    _, purpose = setting(ctx)
    extras = [_EXTRAS[tag] for tag in purpose.tags if tag in _EXTRAS]
    if extras:
        named = {language: ", ".join(one[language] for one in extras) for language in LANGUAGES}
        yield Problem.on("article", purpose=ctx.called(), extras=named)
