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

REGISTER: Words = {
    "en": "the register",
    "nl": "het register",
    "de": "Verzeichnis (oberste Ebene)",
    "fr": "l'ensemble du registre",
}
COUNTRY: Words = {
    "en": "an ISO 3166-1 country code as NL",
    "nl": "een landcode volgens ISO 3166-1 als NL",
    "de": "ein Länderkürzel nach ISO 3166-1 wie DE",
    "fr": "un code de pays ISO 3166-1 comme FR",
}
_DAY: Words = {
    "en": "a day as 2020-07-16",
    "nl": "een datum als 2020-07-16",
    "de": "ein Datum wie 2020-07-16",
    "fr": "une date comme 2020-07-16",
}
_FIELDS: Words = {
    "en": "a mapping of fields",
    "nl": "een mapping van velden",
    "de": "ein Mapping von Feldern",
    "fr": "un mapping de champs",
}
_EXPECTED: dict[str, Words] = {
    "string_type": {"en": "text", "nl": "tekst", "de": "Text", "fr": "du texte"},
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": {"en": "a mapping", "nl": "een mapping", "de": "ein Mapping", "fr": "un mapping"},
    "tuple_type": {"en": "a list", "nl": "een lijst", "de": "eine Liste", "fr": "une liste"},
    "int_type": {"en": "a whole number", "nl": "een geheel getal", "de": "eine ganze Zahl", "fr": "un nombre entier"},
    "date_type": _DAY,
    "date_parsing": _DAY,
    "too_short": {
        "en": "at least one entry",
        "nl": "ten minste één waarde",
        "de": "mindestens eine Angabe",
        "fr": "au moins une valeur",
    },
    "greater_than_equal": {
        "en": "a number of 0 or more",
        "nl": "een getal van 0 of meer",
        "de": "eine Zahl von 0 oder mehr",
        "fr": "un nombre égal ou supérieur à 0",
    },
    "reversed": {
        "en": "a day later than `since`",
        "nl": "een latere datum dan `since`",
        "de": "ein späteres Datum als `since`",
        "fr": "une date postérieure à `since`",
    },
    "over_before": {
        "en": "a day not earlier than `accepted_on`",
        "nl": "een datum niet vóór `accepted_on`",
        "de": "ein Datum nicht vor `accepted_on`",
        "fr": "une date qui ne précède pas `accepted_on`",
    },
}
_PATTERNS: dict[str, Words] = {
    ID_PATTERN: {
        "en": "an id in small letters, digits and hyphens",
        "nl": "een id van kleine letters, cijfers en koppeltekens",
        "de": "eine Kennung aus Kleinbuchstaben, Ziffern und Bindestrichen",
        "fr": "un identifiant en minuscules, chiffres et traits d'union",
    },
    PERIOD_PATTERN: {
        "en": "an ISO 8601 duration as P5Y, P18M or P90D",
        "nl": "een duur volgens ISO 8601 als P5Y, P18M of P90D",
        "de": "eine Dauer nach ISO 8601 wie P5Y, P18M oder P90D",
        "fr": "une durée ISO 8601 comme P5Y, P18M ou P90D",
    },
    COUNTRY_PATTERN: COUNTRY,
    r"^[a-z]{2}$": {
        "en": "an ISO 639-1 language code as nl",
        "nl": "een taalcode volgens ISO 639-1 als nl",
        "de": "ein Sprachkürzel nach ISO 639-1 wie de",
        "fr": "un code de langue ISO 639-1 comme fr",
    },
    r"\S": {
        "en": "text that is not blank",
        "nl": "tekst die niet leeg is",
        "de": "Text mit Inhalt",
        "fr": "du texte non vide",
    },
}
_OR: Words = {"en": " or ", "nl": " of ", "de": " oder ", "fr": " ou "}
_BY_LANGUAGE = {
    "en": ("text or a mapping", "text, or a mapping by language as {nl: …, en: …}"),
    "nl": ("tekst of een mapping", "tekst, of een mapping per taal als {nl: …, en: …}"),
    "de": ("Text oder ein Mapping", "Text oder ein Mapping nach Sprache wie {de: …, en: …}"),
    "fr": ("du texte ou un mapping", "du texte, ou un mapping par langue comme {fr: …, en: …}"),
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
        return {
            "en": f"a list, as [{text}]",
            "nl": f"een lijst, als [{text}]",
            "de": f"eine Liste wie [{text}]",
            "fr": f"une liste comme [{text}]",
        }
    if kind == "instrument":
        fields = detail["msg"].rpartition("fields ")[2]
        return {
            "en": f"a mapping with one of the fields {fields}",
            "nl": f"een mapping met een van de velden {fields}",
            "de": f"ein Mapping mit einem der Felder {fields}",
            "fr": f"un mapping avec l'un des champs {fields}",
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
            return {"en": "nothing", "nl": "niets", "de": "nichts", "fr": "rien"}
        case dict():
            keys = visible(", ".join(f"`{key}`" for key in list(value)[:3]))
            if not keys:
                return _EXPECTED["dict_type"]
            return {
                "en": f"a mapping of {keys}",
                "nl": f"een mapping van {keys}",
                "de": f"ein Mapping mit {keys}",
                "fr": f"un mapping de {keys}",
            }
        case list():
            return _EXPECTED["tuple_type"]
        case bool():
            return quoted(str(value).lower())
        case str() if value.strip() == "":
            return {"en": "blank text", "nl": "lege tekst", "de": "Text ohne Inhalt", "fr": "du texte vide"}
        case _:
            text = visible(str(value))
            return quoted(text if len(text) <= 40 else text[:39] + "…")
