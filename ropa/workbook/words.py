"""The workbook's words: phrases, labels of codes, headings and notes of fields; data files, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

from ropa.source.page import Words, translate

__all__ = ["AboutField", "about_field", "explained", "fields_of", "phrase", "series", "typeset", "word", "words_of"]

_SPACED = re.compile(r" (?=[;:!?»])|(?<=«) ")
"""The blanks that a French line must not be broken at."""

_APART = {"fr": "\u00a0"}
"""What stands before a colon or semicolon, in the languages that set it apart."""


@dataclass(frozen=True)
class AboutField:
    """How a field is headed and explained."""

    label: Words
    note: Words
    width: float = 20.0
    """Of its column, in characters."""
    codes: str = ""
    """The list of words that its codes are said in."""
    proper: bool = False
    """Whether it is a name, which belongs to no language."""
    home: str = ""
    """The key of the sheet on which what is compiled here is changed."""
    internal: bool = False
    """Whether it is left out for an authority."""


@cache
def _read(name: str) -> Any:
    return _typeset(yaml.load((files("ropa.workbook") / name).read_text(encoding="utf-8"), CBaseLoader))  # noqa: S506 - our own data, text only


def _typeset(read: Any) -> Any:
    """Return what a data file says, its French texts with their no-break spaces."""
    if not isinstance(read, dict):
        return read
    return {key: _french(each) if key == "fr" and isinstance(each, str) else _typeset(each) for key, each in read.items()}  # fmt: skip


def typeset(words: Words) -> Words:
    """Return a text by language, the French with no-break spaces before its punctuation and within its quotation marks."""
    return {**words, "fr": _french(words["fr"])} if "fr" in words else words


def _french(text: str) -> str:
    return _SPACED.sub("\u00a0", text)


def series(said: Iterable[str], language: str) -> str:
    """Return several things on one line, as the language separates them."""
    return f"{_APART.get(language, '')}; ".join(said)


def explained(said: str, more: str, language: str) -> str:
    """Return what is said and, after a colon, what explains it; either alone where the other is empty."""
    return f"{said}{_APART.get(language, '')}: {more}" if said and more else said or more


@cache
def about_field(table: str, key: str) -> AboutField:
    """Return how a field of a table is headed and explained; a field that has no words is headed by its key."""
    key = key.partition("~")[0]
    one: Mapping[str, Any] = _read("fields.yaml").get(table, {}).get(key, {})
    return AboutField(
        label=one.get("label", {"en": key}),
        note=one.get("note", {}),
        width=float(one.get("width", 20)),
        codes=one.get("codes", ""),
        proper=one.get("proper") == "yes",
        home=one.get("home", ""),
        internal=one.get("internal") == "yes" or key.startswith("extensions."),
    )


def fields_of(table: str) -> tuple[str, ...]:
    """Return the keys of a table's fields that have words."""
    return tuple(_read("fields.yaml").get(table, {}))


def phrase(key: str, language: str, /, **facts: object) -> str:
    """Return a phrase in a language, English where it lacks that; its placeholders filled."""
    text = _phrase(key, language)
    return text.format(**facts) if facts else text


@cache
def _phrase(key: str, language: str) -> str:
    return translate(_read("words.yaml")["phrases"][key], language)


@cache
def word(kind: str, code: str, language: str) -> str:
    """Return the label of a code; the code itself where there is none."""
    found = _read("words.yaml")["codes"].get(kind, {}).get(code)
    return translate(found, language) if found else code


def words_of(kind: str) -> list[str]:
    """Return the codes of a kind, in the order of the law."""
    return list(_read("words.yaml")["codes"].get(kind, {}))
