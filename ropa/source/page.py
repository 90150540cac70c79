"""A page: what a rule says in each language, and the prose that explains it.

A page is a Markdown file. Its front matter holds the rule's id, its name and its templates::

    id: TRF04
    name: {en: Decision has ended, nl: Besluit is vervallen}
    says:
      ended:
        message: {en: "{transfer} relies on …", nl: "{transfer} berust op …"}
        fix: {en: …, nl: …}

A template's placeholders are names and nothing else; whoever speaks through it gives their values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from string import Formatter
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

__all__ = ["Fact", "Page", "Words", "placeholders", "translate"]

Words = Mapping[str, str]
"""A text by language (ISO 639-1)."""

Fact = str | int | date | Words
"""What a placeholder may be filled with; a text by language is said in the reader's."""


def translate(words: str | Words, language: str, fallback: str = "en") -> str:
    """Return `words` in a language; else in the fallback; else in the first language it has."""
    if isinstance(words, str):
        return words
    return words.get(language) or words.get(fallback) or next(iter(words.values()), "")


def placeholders(template: str) -> set[str]:
    """Return the names of the placeholders of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@dataclass(frozen=True)
class Page:
    """The page of one rule."""

    id: str
    name: Words
    says: Mapping[str, Mapping[str, Words]]
    body: str

    @classmethod
    def read(cls, path: FilePath) -> Page:
        """Read a page. Raises ValueError, with file and reason, if it is not one."""
        return cls.parse(path.read_text(encoding="utf-8"), str(path))

    @classmethod
    def parse(cls, text: str, name: str) -> Page:
        """Read a page from its text."""
        _, front, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
        head: Any = yaml.load(front, Loader=CBaseLoader)  # noqa: S506 - it makes text, lists and mappings only
        if not isinstance(head, dict) or not {"id", "name", "says"} <= head.keys():
            raise ValueError(f"{name}: the front matter must give id, name and says")
        return cls(head["id"], head["name"], head["says"], body.lstrip("\n"))

    def say(self, variant: str | None, language: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
        """Return message and fix of a variant (the page's first if none is named), filled in."""
        spoken = self.says[variant if variant is not None else next(iter(self.says))]
        said = {name: _write(fact, language) for name, fact in facts.items()}
        return tuple(translate(spoken[part], language).format_map(said) for part in ("message", "fix"))  # type: ignore[return-value]


def _write(fact: Fact, language: str) -> str:
    return translate(fact, language) if isinstance(fact, (str, Mapping)) else str(fact)
