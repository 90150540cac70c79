"""DPIA02: two criteria for a likely high risk, and no impact assessment."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.languages import LANGUAGES
from ropa.model import Activity
from ropa.rules.dpia import criteria, missing
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Words

__all__ = ["CRITERIA", "dpia_two_criteria"]

CRITERIA: dict[str, Words] = {
    "evaluation": {
        "en": "evaluation or scoring",
        "nl": "evaluatie of scoretoekenning",
        "de": "Bewerten oder Einstufen (Scoring)",
        "fr": "évaluation ou notation",
    },
    "automated-decisions": {
        "en": "automated decisions",
        "nl": "geautomatiseerde besluitvorming",
        "de": "automatisierte Entscheidungen",
        "fr": "décisions automatisées",
    },
    "monitoring": {
        "en": "systematic monitoring",
        "nl": "stelselmatige monitoring",
        "de": "systematische Überwachung",
        "fr": "surveillance systématique",
    },
    "sensitive-data": {
        "en": "sensitive data",
        "nl": "gevoelige gegevens",
        "de": "sensible Daten",
        "fr": "données sensibles",
    },
    "large-scale": {"en": "large scale", "nl": "grote schaal", "de": "großer Umfang", "fr": "grande échelle"},
    "matching": {
        "en": "matching or combining datasets",
        "nl": "matching of samenvoeging van datasets",
        "de": "Abgleichen oder Zusammenführen von Datensätzen",
        "fr": "croisement ou combinaison d'ensembles de données",
    },
    "vulnerable-people": {
        "en": "vulnerable data subjects",
        "nl": "kwetsbare betrokkenen",
        "de": "schutzbedürftige betroffene Personen",
        "fr": "personnes concernées vulnérables",
    },
    "innovative-use": {
        "en": "innovative use",
        "nl": "innovatief gebruik",
        "de": "innovative Nutzung",
        "fr": "utilisation innovante",
    },
    "prevents-exercising-a-right": {
        "en": "prevents exercising a right or using a service",
        "nl": "belemmert de uitoefening van een recht of het gebruik van een dienst",
        "de": "hindert an der Ausübung eines Rechts oder der Nutzung einer Dienstleistung",
        "fr": "empêche d'exercer un droit ou de bénéficier d'un service",
    },
}
"""What the criteria of WP248 are called."""


@rule("DPIA02", on=Activity, severity=Severity.WARNING, cites=("GDPR 35(1)", "WP248 rev.01"))
def dpia_two_criteria(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """An activity meets two criteria for a likely high risk, with neither an assessment nor a reason for none."""
    found = missing(activity, ctx)
    if found is not None and found.why == "criteria":
        met = criteria(activity, ctx)
        yield Problem.on(
            "dpia",
            "criteria",
            severity=found.severity,
            activity=ctx.called(),
            number=len(met),
            criteria={language: ", ".join(CRITERIA[one][language] for one in met) for language in LANGUAGES},
        )
