"""Words that rules fill templates with, in each language: things in a row, a name in quotation marks, a provision."""

from __future__ import annotations

from collections.abc import Iterable

from ropa.languages import LANGUAGES
from ropa.rules.citing import cited
from ropa.source import Words
from ropa.source.page import translate

__all__ = ["in_a_row", "in_quotes", "provision"]

_QUOTES = {"de": "„{}“", "fr": "« {} »"}


def in_a_row(things: Iterable[Words | str]) -> Words:
    """Return things one after another, in every language that one of them is said in."""
    said = list(things)
    languages = dict.fromkeys((*LANGUAGES, *(language for one in said if not isinstance(one, str) for language in one)))
    return {language: ", ".join(translate(one, language) for one in said) for language in languages}


def in_quotes(text: str, language: str) -> str:
    """Return a text in the quotation marks of a language."""
    return _QUOTES.get(language, "“{}”").format(text)


def provision(article: str) -> Words:
    """Return a provision of the GDPR within a sentence: `28(3)(a)` is Art. 28(3)(a) GDPR, art. 28 lid 3 onder a AVG."""
    return {"en": f"Art. {article} GDPR", **{one: cited(f"GDPR {article}", one) for one in ("nl", "de", "fr")}}
