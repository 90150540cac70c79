"""The difference as a person likes to read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from ropa.changes.consequences import Consequence
from ropa.changes.counting import counted, later
from ropa.changes.difference import Difference
from ropa.changes.saying import Group, Said, groups
from ropa.changes.wording import phrase
from ropa.findings import Finding
from ropa.rules.citing import cited
from ropa.source import visible

__all__ = ["lines_of", "render_difference_text", "said", "shortened"]

_WIDTH = 100
_MARKS = {"added": "+", "removed": "-", "changed": "~", "reordered": "~", "translated": "~", "stated": " "}
_COLOURS = {"+": "32", "-": "31", "~": "33"}


def render_difference_text(difference: Difference, language: str, *, colour: bool) -> str:
    """Return the difference as text; `colour` adds ANSI colours for a terminal."""
    return "\n".join(_Text(difference, language, colour=colour).lines()) + "\n"


class _Text:
    def __init__(self, difference: Difference, language: str, *, colour: bool) -> None:
        self.difference = difference
        self.language = language
        self.colour = colour

    def lines(self) -> Iterator[str]:
        """Yield the lines of the whole."""
        sections = (self._changes(), self._consequences(), self._findings("appeared"), self._findings("vanished"))
        for section in sections:
            yield from section
        yield from self._renamed()
        yield from self._crashed()
        if self.difference.later:
            yield later(self.difference, self.language)
        yield counted(self.difference, self.language)

    def _heading(self, key: str) -> str:
        return self._paint(phrase(key, self.language), "1")

    def _paint(self, text: str, code: str) -> str:
        return _painted(text, code) if self.colour else text

    def _changes(self) -> Iterator[str]:
        found = groups(self.difference.comparison, self.language)
        if found:
            yield self._heading("changes")
            for group in found:
                yield from lines_of(group, colour=self.colour)
            yield ""

    def _consequences(self) -> Iterator[str]:
        if self.difference.consequences:
            yield self._heading("consequences")
            for one in self.difference.consequences:
                yield from self._consequence(one)
            yield ""

    def _consequence(self, one: Consequence) -> Iterator[str]:
        message, fix = one.words(self.language)
        yield f"  {self._paint(one.title(self.language), '1')}  {visible(one.subject)}"
        yield from self._wrapped(message)
        yield from self._wrapped(f"{phrase('do', self.language)}: {fix}")
        see = ", ".join(cited(each, self.language) for each in one.cites)
        if see:
            yield from self._wrapped(f"{phrase('see', self.language)}: {see}")

    def _findings(self, which: str) -> Iterator[str]:
        found: tuple[Finding, ...] = getattr(self.difference, which)
        if found:
            yield self._heading(which)
            for one in found:
                where = f"{one.place.file}:{one.place.line}"
                mark = "+" if which == "appeared" else "-"
                yield f"  {self._paint(mark, _COLOURS[mark])} {one.rule} {one.severity.value}  {visible(where)}"
                yield from self._wrapped(one.words(self.language)[0])
            yield ""

    def _renamed(self) -> Iterator[str]:
        if self.difference.comparison.renames:
            yield self._heading("renamed")
            for old, new in self.difference.comparison.renamed():
                yield f"  {visible(old)} → {visible(new)}"
            yield ""

    def _crashed(self) -> Iterator[str]:
        crashes = (*self.difference.base.crashes, *self.difference.head.crashes)
        for one in dict.fromkeys(crashes):
            yield f"{phrase('crashed', self.language)}: {one.rule} ({visible(one.subject)}): {visible(one.error)}"

    @staticmethod
    def _wrapped(text: str) -> list[str]:
        return wrap(visible(text), _WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def lines_of(group: Group, *, colour: bool) -> Iterator[str]:
    """Yield the lines of what changed in one record."""
    where = visible(f"{group.place.file}:{group.place.line}")
    yield f"  {visible(group.title)}  {visible(group.path)}  {_painted(where, '2') if colour else where}"
    for one in group.changes:
        mark = _MARKS[one.kind]
        yield f"    {_painted(mark, _COLOURS[mark]) if colour and mark in _COLOURS else mark} {visible(said(one))}"


def said(change: Said) -> str:
    """Return a change as one line: what it is called, what it was and is, and what is worth knowing."""
    if change.kind == "reordered":
        return f"{change.label}: {change.after} ({change.note})"
    if change.kind == "translated":
        return f"{change.label}: {change.note}"
    values = " → ".join(shortened(value) for value in (change.before, change.after) if value)
    return f"{change.label}{f': {values}' if values else ''}{f' ({change.note})' if change.note else ''}"


def shortened(text: str, limit: int = 300) -> str:
    """Return a text on one line, cut where it is too long to be read in a list."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
