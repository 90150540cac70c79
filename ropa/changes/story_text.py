"""The history of a register as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ropa.changes.json import said_as_data
from ropa.changes.saying import groups
from ropa.changes.story import Step
from ropa.changes.text import lines_of
from ropa.changes.wording import phrase
from ropa.source import visible

__all__ = ["render_story_json", "render_story_text"]


def render_story_text(steps: Iterable[Step], language: str, *, colour: bool) -> Iterator[str]:
    """Yield the lines of a history: each commit, and what it changed in what the register says."""
    for step in steps:
        commit = step.commit
        head = f"{commit.id[:12]}  {commit.date[:10]}  {visible(commit.author)}  {visible(commit.subject)}"
        yield f"\033[1m{head}\033[0m" if colour else head
        yield from _body(step, language, colour=colour)
        yield ""


def _body(step: Step, language: str, *, colour: bool) -> Iterator[str]:
    if step.comparison is None:
        yield f"  {phrase('unreadable', language)}: {visible(str(step.loaded.problems[0]))}"
        return
    found = groups(step.comparison, language, step.record)
    for group in found:
        yield from lines_of(group, colour=colour)
    for old, new in step.comparison.renamed():
        yield f"  {phrase('renamed', language)}: {visible(old)} → {visible(new)}"
    if not found and not step.comparison.renames:
        yield f"  {phrase('none', language)}"


def render_story_json(steps: Iterable[Step], language: str) -> str:
    """Return a history as JSON text."""
    told = [
        {
            "commit": step.commit.id,
            "author": step.commit.author,
            "date": step.commit.date,
            "subject": step.commit.subject,
            "path": step.commit.path,
            "readable": step.comparison is not None,
            "renamed": [{"from": old, "to": new} for old, new in step.comparison.renamed()] if step.comparison else [],
            "said": said_as_data(step.comparison, language, step.record) if step.comparison else [],
        }
        for step in steps
    ]
    return json.dumps({"commits": told}, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
