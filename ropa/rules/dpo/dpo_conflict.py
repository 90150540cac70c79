"""DPO03: a data protection officer with a role that conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, Person
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Words

_ROLES: dict[str, Words] = {
    "management": {"en": "management", "nl": "directie", "de": "Geschäftsleitung", "fr": "direction générale"},
    "finance": {
        "en": "head of finance",
        "nl": "hoofd financiën",
        "de": "Leitung Finanzen",
        "fr": "direction financière",
    },
    "it": {"en": "head of IT", "nl": "hoofd IT", "de": "Leitung IT", "fr": "direction informatique"},
    "personnel": {
        "en": "head of personnel",
        "nl": "hoofd personeelszaken",
        "de": "Leitung Personal",
        "fr": "direction des ressources humaines",
    },
    "marketing": {
        "en": "head of marketing",
        "nl": "hoofd marketing",
        "de": "Leitung Marketing",
        "fr": "direction du marketing",
    },
    "legal-representative": {
        "en": "legal representative in disputes",
        "nl": "vertegenwoordiger in rechte",
        "de": "Prozessvertretung",
        "fr": "représentation en justice",
    },
}


@rule("DPO03", on=Organisation, severity=Severity.WARNING, cites=("GDPR 38(6)", "C-453/21"))
def dpo_conflict(organisation: Organisation, ctx: Context) -> Iterator[Problem]:
    """The officer also has a role in which purposes and means of processing are decided on."""
    officer = organisation.dpo
    if not isinstance(officer, Person) or officer.other_role is None:
        return
    role = _ROLES.get(officer.other_role)
    if role is not None:
        yield Problem.on("dpo", "other_role", says="conflict", person=officer.name, role=role)
    elif officer.other_role == "unknown":
        yield Problem.on("dpo", "other_role", says="unknown", person=officer.name)
