"""The workbook's words: phrases, labels of codes, headings and notes of fields; data files, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

from ropa.source.page import Words, translate

__all__ = ["AboutField", "about_field", "fields_of", "phrase", "word", "words_of"]


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
    return yaml.load((files("ropa.workbook") / name).read_text(encoding="utf-8"), CBaseLoader)  # noqa: S506 - our own data, text only


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


def phrase(key: str, language: str, **facts: object) -> str:
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
