"""What a field can want and what was written instead, said in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ropa.model.base import ID_PATTERN, PERIOD_PATTERN
from ropa.model.countries import COUNTRY_PATTERN
from ropa.source import visible

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["COUNTRY", "REGISTER", "either", "expected", "quoted", "shown"]

Words = Mapping[str, str]

REGISTER: Words = {"en": "the register", "nl": "het register"}
COUNTRY: Words = {"en": "an ISO 3166-1 country code as NL", "nl": "een landcode volgens ISO 3166-1 als NL"}
_DAY: Words = {"en": "a day as 2020-07-16", "nl": "een datum als 2020-07-16"}
_FIELDS: Words = {"en": "a mapping of fields", "nl": "een mapping van velden"}
_EXPECTED: dict[str, Words] = {
    "string_type": {"en": "text", "nl": "tekst"},
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": {"en": "a mapping", "nl": "een mapping"},
    "tuple_type": {"en": "a list", "nl": "een lijst"},
    "int_type": {"en": "a whole number", "nl": "een geheel getal"},
    "date_type": _DAY,
    "date_parsing": _DAY,
    "too_short": {"en": "at least one entry", "nl": "ten minste één waarde"},
    "greater_than_equal": {"en": "a number of 0 or more", "nl": "een getal van 0 of meer"},
    "reversed": {"en": "a day later than `since`", "nl": "een latere datum dan `since`"},
}
_PATTERNS: dict[str, Words] = {
    ID_PATTERN: {
        "en": "an id in small letters, digits and hyphens",
        "nl": "een id van kleine letters, cijfers en koppeltekens",
    },
    PERIOD_PATTERN: {
        "en": "an ISO 8601 duration as P5Y, P18M or P90D",
        "nl": "een duur volgens ISO 8601 als P5Y, P18M of P90D",
    },
    COUNTRY_PATTERN: COUNTRY,
    r"^[a-z]{2}$": {"en": "an ISO 639-1 language code as nl", "nl": "een taalcode volgens ISO 639-1 als nl"},
    r"\S": {"en": "text that is not blank", "nl": "tekst die niet leeg is"},
}
_OR: Words = {"en": " or ", "nl": " of "}
_BY_LANGUAGE = {
    "en": ("text or a mapping", "text, or a mapping by language as {nl: …, en: …}"),
    "nl": ("tekst of een mapping", "tekst, of een mapping per taal als {nl: …, en: …}"),
}


def expected(detail: ErrorDetails, written: Any) -> Words | None:
    """Say what pydantic wanted at a place; None where it wanted a word of a list."""
    kind, ctx = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(ctx["pattern"]) or quoted(ctx["pattern"])
    if kind in ("literal_error", "union_tag_invalid"):
        return None
    if kind == "tuple_type" and isinstance(written, str):
        text = visible(written)
        return {"en": f"a list, as [{text}]", "nl": f"een lijst, als [{text}]"}
    if kind == "instrument":
        fields = detail["msg"].rpartition("fields ")[2]
        return {
            "en": f"a mapping with one of the fields {fields}",
            "nl": f"een mapping met een van de velden {fields}",
        }
    return _EXPECTED.get(kind) or {"en": detail["msg"].replace("Input should be ", "")}


def either(kinds: Iterable[Words]) -> Words:
    """Say what may stand at a place that takes several kinds; text by language is one of them."""
    kinds = list(kinds)
    said = {}
    for language, between in _OR.items():
        together = between.join(dict.fromkeys(kind.get(language) or kind["en"] for kind in kinds))
        said[language] = together.replace(*_BY_LANGUAGE[language], 1)
    return said


def quoted(text: str) -> Words:
    """Return a text as the same in every language, quoted."""
    return dict.fromkeys(_OR, f"`{text}`")


def shown(value: Any) -> Words:
    """Say what was written: its kind, or the value itself, shortened."""
    match value:
        case None:
            return {"en": "nothing", "nl": "niets"}
        case dict():
            keys = visible(", ".join(f"`{key}`" for key in list(value)[:3]))
            return {"en": f"a mapping of {keys}", "nl": f"een mapping van {keys}"} if keys else _EXPECTED["dict_type"]
        case list():
            return _EXPECTED["tuple_type"]
        case bool():
            return quoted(str(value).lower())
        case str() if value.strip() == "":
            return {"en": "blank text", "nl": "lege tekst"}
        case _:
            text = visible(str(value))
            return quoted(text if len(text) <= 40 else text[:39] + "…")
