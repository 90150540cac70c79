"""What no rule finds: faults of the text (SRC) and findings about waivers (WVR), each with its page, as rules have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

from ropa.rules.rule import Severity
from ropa.source import FAULTS, Page
from ropa.source.fault import fault_page

__all__ = ["FAMILIES", "UNRULED", "Unruled", "unruled_page"]

_PAGES = FilePath(__file__).parent / "pages"

FAMILIES = ("SRC", "WVR")
"""Always reported: they are neither selected nor ignored, nor weighed otherwise, nor waived."""


@dataclass(frozen=True)
class Unruled:
    """A kind of finding that no rule makes."""

    id: str
    slug: str
    severity: Severity
    home: str
    """The folder of its page."""

    @property
    def family(self) -> str:
        """The letters of its id."""
        return self.id[:-2]

    @property
    def name(self) -> str:
        """Its name in code and in addresses: `waiver-lapsed`."""
        return self.slug.replace("_", "-")


UNRULED: Mapping[str, Unruled] = {
    one.id: one
    for one in (
        *(Unruled(fault, slug, Severity.ERROR, "ropa/source/pages") for fault, slug in FAULTS.items()),
        Unruled("WVR01", "waiver_lapsed", Severity.WARNING, "ropa/rules/pages"),
        Unruled("WVR02", "waiver_matches_nothing", Severity.WARNING, "ropa/rules/pages"),
        Unruled("WVR03", "waiver_of_no_rule", Severity.ERROR, "ropa/rules/pages"),
    )
}
"""The kinds by id; an id is never reused."""


@cache
def unruled_page(one: str) -> Page:
    """Return the page of a kind of finding that no rule makes."""
    return fault_page(one) if one in FAULTS else Page.read(_PAGES / f"{UNRULED[one].slug}.md")
