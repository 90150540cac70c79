"""MKT01: direct marketing by electronic mail with neither consent nor the conditions for own customers."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import ConsentBasis, Purpose
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.rules.wording import in_a_row
from ropa.source import Words

_CITES = ("Directive 2002/58/EC Art. 13(1)", "Directive 2002/58/EC Art. 13(2)")


@rule("MKT01", on=Purpose, severity=Severity.ERROR, cites=_CITES, unless=for_law_enforcement)
def e_marketing_no_consent(purpose: Purpose, ctx: Context) -> Iterator[Problem]:
    """Messages are sent without consent, and the record does not show all that Art. 13(2) asks for instead."""
    marketing = purpose.electronic_marketing
    if marketing is None or marketing == "none":
        return
    if not purpose.bases or any(isinstance(basis, ConsentBasis) for basis in purpose.bases):
        return
    if marketing == "unknown":
        yield Problem.on("electronic_marketing", says="unknown", severity=Severity.WARNING, purpose=ctx.called())
        return
    answers = {name: getattr(marketing, name) for name in _CONDITIONS}
    refused = [name for name, answer in answers.items() if answer == "no"]
    lacking = refused or [name for name, answer in answers.items() if answer != "yes"]
    if lacking:
        yield Problem.on(
            "electronic_marketing",
            lacking[0],
            says="refused" if refused else "unset",
            severity=None if refused else Severity.WARNING,
            purpose=ctx.called(),
            conditions=in_a_row(_CONDITIONS[name] for name in lacking),
            fields=", ".join(f"`{name}`" for name in lacking),
        )


_CONDITIONS: dict[str, Words] = {
    "own_customers": {
        "en": "the address was obtained from a customer in the context of a sale",
        "nl": "het adres is van een klant verkregen in het kader van een verkoop",
        "de": "die Adresse wurde von einem Kunden im Zusammenhang mit einem Verkauf erlangt",
        "fr": "l'adresse a été obtenue d'un client dans le cadre d'une vente",
    },
    "similar_products": {
        "en": "the messages are about the organisation's own similar products or services",
        "nl": "de berichten gaan over eigen gelijksoortige producten of diensten",
        "de": "die Nachrichten betreffen eigene ähnliche Produkte oder Dienstleistungen der Organisation",
        "fr": "les messages portent sur des produits ou services analogues de l'organisation elle-même",
    },
    "opt_out": {
        "en": "the customer could object then and can with each message",
        "nl": "de klant kon toen bezwaar maken en kan dat bij elk bericht",
        "de": "der Kunde konnte damals widersprechen und kann es bei jeder Nachricht",
        "fr": "le client pouvait alors s'y opposer et le peut à chaque message",
    },
}
"""What Art. 13(2) asks for, by the fields that answer it."""
