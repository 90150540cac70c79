"""The workbook's phrases and layouts: data files, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

from ropa.source.page import translate

__all__ = ["Column", "Layout", "Sheet", "layout", "phrase", "word", "words_of"]


@dataclass(frozen=True)
class Column:
    """A column: what it holds, the letter of Art. 30 it answers, its heading by language."""

    key: str
    label: dict[str, str]
    width: float
    band: str = ""
    required: bool = False
    """Whether Art. 30 asks for it: a gap is red."""
    optional: bool = False
    """Whether a gap says nothing: the cell stays empty."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, its bands, and how it introduces itself."""

    key: str
    title: dict[str, str]
    about: dict[str, str]
    cover: dict[str, str]
    fixed: int
    bands: dict[str, dict[str, str]]
    columns: tuple[Column, ...]
    leaf_before: str = ""
    """The column at which a second leaf begins in print."""

    @property
    def leaf(self) -> int:
        """How many columns the first leaf has."""
        keys = [column.key for column in self.columns]
        return keys.index(self.leaf_before) if self.leaf_before else len(keys)


@dataclass(frozen=True)
class Layout:
    """The sheets of a workbook, in order."""

    name: str
    sheets: tuple[Sheet, ...]


def _read(name: str) -> Any:
    return yaml.load((files("ropa.workbook") / name).read_text(encoding="utf-8"), CBaseLoader)  # noqa: S506 - our own data, text only


@cache
def layout(name: str = "article30") -> Layout:
    """Return a layout by name."""
    read = _read(f"layouts/{name}.yaml")
    return Layout(read["name"], tuple(_sheet(one) for one in read["sheets"]))


def _sheet(read: dict[str, Any]) -> Sheet:
    columns = tuple(
        Column(
            one["key"],
            one["label"],
            float(one["width"]),
            one.get("band", ""),
            one.get("required") == "yes",
            one.get("optional") == "yes",
        )
        for one in read["columns"]
    )
    rest = {key: value for key, value in read.items() if key not in ("columns", "fixed")}
    return Sheet(**rest, fixed=int(read["fixed"]), columns=columns)


@cache
def _words() -> Any:
    return _read("words.yaml")


def phrase(key: str, language: str, **facts: object) -> str:
    """Return a phrase in a language, English where it lacks that; its placeholders filled."""
    text = _phrase(key, language)
    return text.format(**facts) if facts else text


@cache
def _phrase(key: str, language: str) -> str:
    return translate(_words()["phrases"][key], language)


@cache
def word(kind: str, code: str, language: str) -> str:
    """Return the label of a code; the code itself where there is none."""
    found = _words()["codes"][kind].get(code)
    return translate(found, language) if found else code


def words_of(kind: str) -> list[str]:
    """Return the codes of a kind, in the order of the law."""
    return list(_words()["codes"][kind])
