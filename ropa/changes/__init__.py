"""What a change of a register means: versions of it, in git and on disk, compared statement by statement."""

from __future__ import annotations

from ropa.changes.comparing import Change
from ropa.changes.consequences import Consequence
from ropa.changes.difference import Difference, difference
from ropa.changes.history import Commit, commits, is_shallow
from ropa.changes.rendering import DIFFERENCE_FORMATS, render_difference
from ropa.changes.revision import revision_of
from ropa.changes.sides import load_at, read_side
from ropa.changes.story import Step, story
from ropa.changes.story_text import render_story_json, render_story_text

__all__ = [
    "DIFFERENCE_FORMATS",
    "Change",
    "Commit",
    "Consequence",
    "Difference",
    "Step",
    "commits",
    "difference",
    "is_shallow",
    "load_at",
    "read_side",
    "render_difference",
    "render_story_json",
    "render_story_text",
    "revision_of",
    "story",
]
