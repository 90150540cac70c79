"""Versions of a register: where its text stands in git, as it stood in a commit, the commits that changed it."""

from __future__ import annotations

from ropa.changes.history import Commit, commits, is_shallow
from ropa.changes.revision import revision_of
from ropa.changes.sides import load_at, read_side

__all__ = ["Commit", "commits", "is_shallow", "load_at", "read_side", "revision_of"]
