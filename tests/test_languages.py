"""What ropa says, it says in each of its languages: no text is forgotten in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from yaml.cyaml import CBaseLoader

from ropa.languages import LANGUAGES
from ropa.workbook.layout import LAYOUTS, layout
from ropa.workbook.measuring import broken

DATA = sorted(Path("ropa").rglob("*.yaml"))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each mapping by language, with its place."""
    if isinstance(value, dict):
        if {"en", "nl"} <= value.keys() and all(isinstance(one, str) for one in value.values()):
            yield path, value
        for key, each in value.items():
            yield from texts(each, f"{path}.{key}")
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from texts(each, f"{path}[{at}]")


@pytest.mark.parametrize(
    "file", [file for file in DATA if file.name != "starter.yaml"], ids=lambda file: file.as_posix()
)
def test_every_text_is_there_in_every_language(file: Path) -> None:
    for path, said in texts(yaml.load(file.read_text(encoding="utf-8"), CBaseLoader)):  # noqa: S506 - our own data, text only
        assert set(said) == set(LANGUAGES), path
        names = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in said.values()}
        assert len(names) == 1 or "law/data" in file.as_posix(), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_sheets_are_told_apart_and_named_as_spreadsheets_allow(name: str, language: str) -> None:
    titles = [sheet.title[language] for sheet in layout(name).sheets]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 27 for title in titles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_word_of_a_heading_is_broken(name: str, language: str) -> None:
    """A heading leaves room for the button of the filter; a word that is cut reads as another."""
    cut = [
        (sheet.key, column.key, word)
        for sheet in layout(name).sheets
        for column in sheet.columns
        if sheet.kind != "cards" and (word := broken(column.label.get(language, column.label["en"]), column.width))
    ]
    assert cut == []
