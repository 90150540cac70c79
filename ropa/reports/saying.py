"""What the reports say of records: their names in the reader's language, beside their ids."""

from __future__ import annotations

from ropa.impact import Impact
from ropa.law import Law, Standing
from ropa.model import Organisation, Register, known
from ropa.rules.rule import called
from ropa.source.page import translate

__all__ = ["IMPACT_FIELDS", "contact_point", "impact_as_data", "named", "standing_as_data", "thing_named"]

IMPACT_FIELDS = (
    "activities", "services", "data_subjects", "data", "systems", "parties", "transfers", "controllers",
)  # fmt: skip
"""The fields of an impact that hold ids of records, in the order in which people want to know them."""

_SECTIONS = {"controllers": "parties"}


def named(register: Register, field: str, one: str, language: str) -> str:
    """Return what people call a record that a field of an impact names."""
    return translate(called(register, (_SECTIONS.get(field, field), one)), language)


def thing_named(register: Register, law: Law, kind: str, one: str, language: str) -> str:
    """Return what people call a record, a country or an instrument."""
    if kind == "countries":
        from babel import Locale  # a check does not need it

        return str(Locale(language).territories.get(one, one))
    if kind == "instruments":
        return translate(law.instrument(one)[1].name, language)
    return named(register, kind, one, language)


def impact_as_data(register: Register, impact: Impact, language: str) -> dict[str, object]:
    """Return an impact as plain data: each record with its id and name, and what is special about the data."""
    return {
        **{
            field: [{"id": one, "name": named(register, field, one, language)} for one in getattr(impact, field)]
            for field in IMPACT_FIELDS
        },
        "countries": list(impact.countries),
        "special_categories": [one for one in impact.data if isinstance(register.data[one].special, tuple)],
        "national_numbers": [one for one in impact.data if register.data[one].numbered],
        "criminal_data": [one for one in impact.data if register.data[one].criminal == "yes"],
        "people": {one: register.data_subjects[one].number for one in impact.data_subjects},
        "contact_point": contact_point(register.keeper, language),
    }


def contact_point(keeper: Organisation | None, language: str) -> str | None:
    """Return the data protection officer, or the organisation, and how to reach it (Art. 33(3)(b)); None if unknown."""
    who = keeper.dpo if keeper is not None and known(keeper.dpo) else keeper
    if who is None or not known(who.contact):
        return None
    reached = [part for part in (who.contact.email, who.contact.phone) if part]
    return ", ".join([translate(who.name, language), *reached])


def standing_as_data(standing: Standing, language: str) -> dict[str, object]:
    """Return on what a transfer stands as plain data."""
    best = standing.best
    return {
        "state": standing.state.value,
        "basis": standing.basis,
        "instrument": best.at if best.instrument is not None else None,
        "name": translate(best.name, language) if best.name is not None else None,
        "why": best.why or None,
        "question": translate(best.question, language) if best.question is not None else None,
        "gone": [translate(one.name, language) for one in standing.gone if one.name is not None],
    }
