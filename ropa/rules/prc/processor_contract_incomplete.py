"""PRC02: a processor contract that leaves out what Art. 28(3) asks for."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Party
from ropa.rules.prc import binding
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.wording import in_a_row, provision
from ropa.source import Words

_CITES = ("GDPR 28(3)", *(f"GDPR 28(3)({point})" for point in "abcdefgh"))


@rule("PRC02", on=Party, severity=Severity.ERROR, cites=_CITES)
def processor_contract_incomplete(party: Party, ctx: Context) -> Iterator[Problem]:
    """The contract that binds a processor does not set out an item of Art. 28(3), or nobody knows whether it does."""
    contract = binding(party, ctx.day)
    terms = (contract.terms if contract is not None else None) or {}
    at, called = ("contract", "terms"), ctx.called()
    for term in (term for term, answer in terms.items() if answer == "no"):
        article = _TERMS[term][0]
        facts = {"item": _item(term), "provision": provision(article)}
        yield Problem((*at, term), {"party": called, **facts}, "left-out", cites=(f"GDPR {article}",))
    asked = [_item(term) for term, answer in terms.items() if answer == "unknown"]
    if asked:
        yield Problem(at, {"party": called, "items": in_a_row(asked)}, "unknown", Severity.WARNING, cites=_CITES[:1])


def _item(term: str) -> Words:
    return {"en": _TERMS[term][1], "nl": _TERMS[term][2], "de": _TERMS[term][3], "fr": _TERMS[term][4]}


_TERMS = {
    "subject-matter": (
        "28(3)",
        "the subject-matter",
        "het onderwerp van de verwerking",
        "der Gegenstand der Verarbeitung",
        "l'objet du traitement",
    ),
    "duration": (
        "28(3)",
        "the duration",
        "de duur van de verwerking",
        "die Dauer der Verarbeitung",
        "la durée du traitement",
    ),
    "nature-and-purpose": (
        "28(3)",
        "the nature and purpose",
        "de aard en het doel van de verwerking",
        "die Art und der Zweck der Verarbeitung",
        "la nature et la finalité du traitement",
    ),
    "data-and-subjects": (
        "28(3)",
        "the type of personal data and the categories of data subjects",
        "het soort persoonsgegevens en de categorieën van betrokkenen",
        "die Art der personenbezogenen Daten und die Kategorien betroffener Personen",
        "le type de données à caractère personnel et les catégories de personnes concernées",
    ),
    "instructions": (
        "28(3)(a)",
        "documented instructions",
        "verwerking uitsluitend op schriftelijke instructies",
        "die Verarbeitung nur auf dokumentierte Weisung",
        "le traitement sur instruction documentée uniquement",
    ),
    "confidentiality": (
        "28(3)(b)",
        "confidentiality",
        "vertrouwelijkheid van wie de gegevens verwerkt",
        "die Verpflichtung zur Vertraulichkeit",
        "l'obligation de confidentialité",
    ),
    "security": (
        "28(3)(c)",
        "the security of Art. 32",
        "de beveiliging van art. 32",
        "die Sicherheit nach Art. 32",
        "la sécurité au titre de l'art. 32",
    ),
    "sub-processors": (
        "28(3)(d)",
        "the conditions for sub-processors",
        "de voorwaarden voor subverwerkers",
        "die Bedingungen für Unterauftragsverarbeiter",
        "les conditions applicables aux sous-traitants ultérieurs",
    ),
    "rights": (
        "28(3)(e)",
        "assistance with requests of data subjects",
        "bijstand bij verzoeken van betrokkenen",
        "die Unterstützung bei Anträgen betroffener Personen",
        "l'aide pour les demandes des personnes concernées",
    ),
    "assistance": (
        "28(3)(f)",
        "assistance under Art. 32 to 36",
        "bijstand bij art. 32 tot en met 36",
        "die Unterstützung nach Art. 32 bis 36",
        "l'aide au titre des art. 32 à 36",
    ),
    "deletion-or-return": (
        "28(3)(g)",
        "deletion or return at the end",
        "wissen of terugbezorgen na afloop",
        "die Löschung oder Rückgabe nach Abschluss der Leistung",
        "la suppression ou le renvoi au terme de la prestation",
    ),
    "audit": (
        "28(3)(h)",
        "information and audits",
        "informatie over de nakoming, en audits",
        "Informationen und Überprüfungen",
        "les informations et les audits",
    ),
}
"""For each item of the model: where Art. 28(3) asks for it, and what it is called in English, Dutch, German and French."""
