"""Versions of a register: where its text stands in git."""

from __future__ import annotations

from ropa.changes.revision import revision_of

__all__ = ["revision_of"]
