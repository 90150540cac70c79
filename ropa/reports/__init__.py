"""What a check found, in each format: pure functions from report to string.

Text and JSON are ropa's own; SARIF, JUnit, GitHub, GitLab and Markdown are for the platforms that read them (docs/formats.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from ropa.reports.github import render_github
from ropa.reports.gitlab import render_gitlab
from ropa.reports.json import render_json
from ropa.reports.junit import render_junit
from ropa.reports.manner import Manner
from ropa.reports.markdown import render_markdown
from ropa.reports.sarif import render_sarif
from ropa.reports.text import render_text

if TYPE_CHECKING:
    from ropa.checking import Report

__all__ = ["FORMATS", "Form", "Manner", "render"]

Form = Literal["text", "json", "sarif", "junit", "github", "gitlab", "markdown"]

FORMATS: Mapping[Form, Callable[[Report, Manner], str]] = {
    "text": lambda report, manner: render_text(report, manner.language, colour=manner.colour),
    "json": lambda report, manner: render_json(report, manner.language),
    "sarif": render_sarif,
    "junit": render_junit,
    "github": render_github,
    "gitlab": render_gitlab,
    "markdown": render_markdown,
}
"""What writes each format."""


def render(
    report: Report,
    form: Form = "text",
    *,
    language: str = "en",
    colour: bool = False,
    name_file: Callable[[str], str] | None = None,
) -> str:
    """Return a report in a format, one of `FORMATS`; the same text for the same input.

    `language` is that of the messages (ISO 639-1), `colour` colours the text for a terminal. `name_file` turns the name
    under which a file was read into the path by which a platform knows it, from the root of the repository
    (default: as it was given); text and JSON keep the name. Raises ValueError for any other format.
    """
    if form not in FORMATS:
        raise ValueError(f"no format is called {form!r}; there are {', '.join(FORMATS)}")
    manner = Manner(language, colour) if name_file is None else Manner(language, colour, name_file)
    return FORMATS[form](report, manner)
