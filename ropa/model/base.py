"""What every record is made of: strict, frozen, closed; ids, texts by language, facts, days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeGuard, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from ropa.model.countries import COUNTRY_PATTERN

__all__ = [
    "Countries",
    "Country",
    "Day",
    "Entry",
    "Fact",
    "Id",
    "Language",
    "Many",
    "NoneStated",
    "NotTrue",
    "Period",
    "Record",
    "Ref",
    "Text",
    "Unknown",
    "dates_in_order",
    "in_place",
    "known",
    "stated_none",
]

T = TypeVar("T")
R = TypeVar("R", bound="Record")

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PERIOD_PATTERN = r"^P([0-9]{1,4}Y([0-9]{1,4}M)?([0-9]{1,4}D)?|[0-9]{1,4}M([0-9]{1,4}D)?|[0-9]{1,4}[DW]|T[0-9]{1,4}H)$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Record(BaseModel):
    """A typed piece of a register: frozen, and closed to fields that the model does not know."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, protected_namespaces=()
    )


class Entry(Record):
    """A record with an id: it may carry tags, a note, and the organisation's own fields."""

    tags: Many[Id] = ()
    """Your own words for grouping records, in small letters with hyphens."""
    note: Text | None = None
    """Anything a reader should know; no rule reads it."""
    extensions: Mapping[str, JsonValue] | None = None
    """The organisation's own fields, checked by the JSON Schema that `extension_schemas` names."""


class RefersTo:
    """Marks a field as an id that stands in a section of the register."""

    __slots__ = ("section",)

    def __init__(self, section: str) -> None:
        self.section = section


class Ref:
    """The types of references: the id of a record in a section of the register."""

    party = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("parties")]
    data = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("data")]
    subject = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("data_subjects")]
    activity = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("activities")]
    transfer = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("transfers")]
    measure = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("measures")]
    system = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("systems")]
    notice = Annotated[str, StringConstraints(pattern=ID_PATTERN), RefersTo("notices")]


def _day(value: Any) -> Any:
    """Turn the text of a day into the day; leave the rest for the strict check to refuse."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _no_truth(value: Any) -> Any:
    """Keep `true` from passing for the number 1, which Python takes it for."""
    return str(value).lower() if isinstance(value, bool) else value


NotTrue = BeforeValidator(_no_truth)
"""Marks a list of numbers to choose from."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
"""An id: small letters, digits and hyphens (`newsletter-service`). It is a key, never repeated."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""A language by its ISO 639-1 code (`nl`)."""

Line = Annotated[str, StringConstraints(pattern=r"\S")]

Text = Line | Annotated[Mapping[Language, Line], Field(min_length=1)]
"""Words for people: a string in the register's language, or a mapping by language."""

Fact = Literal["yes", "no", "unknown"]
"""A fact that is known, or known to be unknown. An absent field says nothing at all."""

Unknown = Literal["unknown"]
"""Nobody knows (yet). That is a fact too, and rules ask for what is missing."""

NoneStated = Literal["none", "unknown"]
"""`none` states that there is none; `unknown` that nobody knows. An absent field says neither."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, as ISO 8601 writes it: `2020-07-16`."""

Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]
"""A length of time as an ISO 8601 duration: `P5Y`, `P18M`, `P4W`, `P90D`."""

Country = Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)]
"""A country or territory by its ISO 3166-1 alpha-2 code: `NL`, `NO`, `US`."""

Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A list in the text, a tuple in Python."""

Countries = Many[Country]


def known(value: T | Literal["none", "unknown"] | None) -> TypeGuard[T]:
    """Tell whether a field holds a fact, rather than nothing, `none` or `unknown`."""
    return value is not None and value != "none" and value != "unknown"


def stated_none(value: object) -> bool:
    """Tell whether a field states that there is none."""
    return value == "none" or value == "no" or value == ()


def in_place(record: Record, day: date) -> bool:
    """Tell whether a record that is dated (`since`, `until`) is in place on a day; half-open, as all intervals."""
    if not _is_dated(type(record)):
        return True
    since, until = getattr(record, "since", None), getattr(record, "until", None)
    return (since is None or since <= day) and (until is None or day < until)


def dates_in_order(record: R) -> R:
    """Refuse a dated record that ends before it begins; for use as `model_validator(mode="after")`."""
    since, until = getattr(record, "since", None), getattr(record, "until", None)
    if isinstance(since, date) and isinstance(until, date) and until <= since:
        raise PydanticCustomError("reversed", "`until` must be later than `since`")
    return record


@cache
def _is_dated(kind: type[Record]) -> bool:
    """Tell whether records of a kind can be dated: asking each record for fields it lacks is slow."""
    return not {"since", "until"}.isdisjoint(kind.model_fields)


Entry.model_rebuild()
