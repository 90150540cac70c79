"""Words that rules fill templates with, in each language: things in a row, a provision as lawyers cite it."""

from __future__ import annotations

from collections.abc import Iterable

from ropa.rules.citing import cited
from ropa.source import Words
from ropa.source.page import translate

__all__ = ["in_a_row", "provision"]


def in_a_row(things: Iterable[Words | str]) -> Words:
    """Return things one after another, in every language that one of them is said in."""
    said = list(things)
    languages = dict.fromkeys(("en", "nl", *(language for one in said if not isinstance(one, str) for language in one)))
    return {language: ", ".join(translate(one, language) for one in said) for language in languages}


def provision(article: str) -> Words:
    """Return a provision of the GDPR within a sentence: `28(3)(a)` is Art. 28(3)(a) GDPR, art. 28 lid 3 onder a AVG."""
    return {"en": f"Art. {article} GDPR", "nl": cited(f"GDPR {article}", "nl")}
