"""DPIA05: an impact assessment that lacks a part."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.languages import LANGUAGES
from ropa.model import Dpia, Person
from ropa.rules.dpia import made
from ropa.rules.rule import Context, Problem, Severity, rule
from ropa.rules.spc import for_law_enforcement
from ropa.source import Words

_PARTS: dict[str, Words] = {
    "description": {
        "en": "description of the processing",
        "nl": "beschrijving van de verwerking",
        "de": "Beschreibung der Verarbeitung",
        "fr": "description du traitement",
    },
    "necessity": {
        "en": "necessity and proportionality",
        "nl": "noodzaak en evenredigheid",
        "de": "Notwendigkeit und Verhältnismäßigkeit",
        "fr": "nécessité et proportionnalité",
    },
    "risks": {"en": "risks", "nl": "risico's", "de": "Risiken", "fr": "risques"},
    "measures": {"en": "measures", "nl": "maatregelen", "de": "Abhilfemaßnahmen", "fr": "mesures"},
}


@rule("DPIA05", on=Dpia, severity=Severity.WARNING, cites=(), unless=for_law_enforcement)
def dpia_incomplete(dpia: Dpia, ctx: Context) -> Iterator[Problem]:
    """An assessment lacks a part that Art. 35(7) asks for, or the advice of the data protection officer."""
    if not made(dpia, ctx.day) or dpia.required == "no":
        return
    answers = {str(part): fact for part, fact in (dpia.contents or {}).items()}
    open_parts = [part for part in _PARTS if answers.get(part) in ("no", "unknown")]
    if open_parts:
        yield Problem.on(
            "contents",
            open_parts[0],
            says="contents",
            cites=("GDPR 35(7)",),
            activity=ctx.called(),
            parts={language: ", ".join(_PARTS[one][language] for one in open_parts) for language in LANGUAGES},
        )
    controller = ctx.register.keeper
    if controller is not None and isinstance(controller.dpo, Person) and dpia.dpo_advice in ("no", "unknown"):
        yield Problem.on("dpo_advice", says="advice", cites=("GDPR 35(2)",), activity=ctx.called())
