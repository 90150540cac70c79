"""DPO03: a data protection officer with a role that conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Organisation, Person
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.source import Words

_ROLES: dict[str, Words] = {
    "management": {"en": "management", "nl": "directie"},
    "finance": {"en": "head of finance", "nl": "hoofd financiën"},
    "it": {"en": "head of IT", "nl": "hoofd IT"},
    "personnel": {"en": "head of personnel", "nl": "hoofd personeelszaken"},
    "marketing": {"en": "head of marketing", "nl": "hoofd marketing"},
    "legal-representative": {"en": "legal representative in disputes", "nl": "vertegenwoordiger in rechte"},
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
