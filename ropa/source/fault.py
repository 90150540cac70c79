"""A fault: what is wrong with the text of a register, and where. The family SRC."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ropa.source.document import Place
from ropa.source.page import Page

if TYPE_CHECKING:
    from ropa.source.page import Fact

__all__ = ["FAULTS", "Fault", "fault_page"]

_PAGES = FilePath(__file__).parent / "pages"

FAULTS = {
    "SRC01": "unreadable_file",
    "SRC02": "broken_syntax",
    "SRC03": "trap_in_yaml",
    "SRC04": "same_key_twice",
    "SRC05": "unknown_key",
    "SRC06": "missing_field",
    "SRC07": "wrong_value",
    "SRC08": "dangling_reference",
    "SRC09": "format_version",
    "SRC10": "extension_refused",
    "SRC11": "no_register",
}
"""The kinds of fault by id. Each has its page in `pages/`; an id is never reused."""


@cache
def fault_page(rule: str) -> Page:
    """Return the page of a kind of fault."""
    return Page.read(_PAGES / f"{FAULTS[rule]}.md")


@dataclass(frozen=True)
class Fault:
    """One fault in the text of a register.

    `rule` is its kind (SRC01 to SRC11), `place` where it stands, `path` the way to it in the
    register as far as that can be told, `related` other places that belong to it.
    """

    rule: str
    place: Place
    says: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    path: str = ""
    related: tuple[Place, ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.words("en")[0]

    @property
    def fix(self) -> str:
        """The one thing to do, in English."""
        return self.words("en")[1]

    def words(self, language: str) -> tuple[str, str]:
        """Return message and fix in a language (English where the page lacks it)."""
        return fault_page(self.rule).say(self.says, language, self.facts)

    def __str__(self) -> str:
        where = f"{self.place.file}:{self.place.line}:{self.place.column}"
        return f"{where}: {self.rule} {self.message} {self.fix}"
