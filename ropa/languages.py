"""The languages in which ropa speaks (ISO 639-1); the first is that of what a text does not say otherwise."""

from __future__ import annotations

__all__ = ["LANGUAGES"]

LANGUAGES = ("en", "nl", "de", "fr")
