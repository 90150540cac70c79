"""The words of the difference: a data file, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

from ropa.source.page import translate

__all__ = ["noun", "phrase"]


@cache
def _words() -> Any:
    return yaml.load((files("ropa.changes") / "words.yaml").read_text(encoding="utf-8"), CBaseLoader)  # noqa: S506 - our own file, text only


def noun(what: str, language: str) -> str:
    """Return what a record of a section, or a part of one, is called; nothing for what has no name of its own."""
    found = _words()["nouns"].get(what)
    return translate(found, language) if found else ""


def phrase(key: str, language: str, /, **facts: object) -> str:
    """Return a phrase in a language, its placeholders filled."""
    text = translate(_words()["phrases"][key], language)
    return text.format(**facts) if facts else text
