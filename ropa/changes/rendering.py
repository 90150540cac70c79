"""The difference in each of its formats: pure functions from difference to string."""

from __future__ import annotations

from ropa.changes.difference import Difference
from ropa.changes.json import render_difference_json
from ropa.changes.markdown import render_difference_markdown
from ropa.changes.text import render_difference_text

__all__ = ["DIFFERENCE_FORMATS", "render_difference"]

DIFFERENCE_FORMATS = ("text", "json", "markdown")


def render_difference(difference: Difference, form: str = "text", *, language: str = "en", colour: bool = False) -> str:
    """Return a difference in a format: `text`, `json` or `markdown`; words in a language (ISO 639-1)."""
    if form == "json":
        return render_difference_json(difference, language)
    if form == "markdown":
        return render_difference_markdown(difference, language)
    return render_difference_text(difference, language, colour=colour)
