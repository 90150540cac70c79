"""What a check found, as text for people and as JSON for machines: pure functions from report to string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ropa.reports.json import render_json
from ropa.reports.text import render_text

if TYPE_CHECKING:
    from ropa.checking import Report

__all__ = ["FORMATS", "render"]

FORMATS = ("text", "json")


def render(
    report: Report, form: Literal["text", "json"] = "text", *, language: str = "en", colour: bool = False
) -> str:
    """Return a report in a format; messages in a language (ISO 639-1), coloured for a terminal if asked."""
    return render_json(report, language) if form == "json" else render_text(report, language, colour=colour)
