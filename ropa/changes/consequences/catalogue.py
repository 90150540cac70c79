"""The mechanism of consequences: what a change means, said in templates, as rules say what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.cyaml import CBaseLoader

from ropa.changes.versions import Sides
from ropa.languages import LANGUAGES
from ropa.rules.citing import cited
from ropa.source import Fact, Page, Path, Words, format_path
from ropa.source.page import translate

__all__ = ["Consequence", "Meaning", "catalogue", "consequence", "tell", "topics"]

_DOUBLE = re.compile(r"(?<=\w)\.\.(?= |$)")


@dataclass(frozen=True)
class Meaning:
    """What one consequence has to say of one record."""

    subject: Path
    says: str
    facts: dict[str, Fact] = field(default_factory=dict)
    because: tuple[Path, ...] = ()
    """The places of the changes that bring it about."""
    cites: tuple[str, ...] = ()
    """Provisions of this case, besides those of the consequence."""


@dataclass(frozen=True)
class Consequence:
    """What follows from a change: message, the one thing to do, and the provision that wants it."""

    id: str
    subject: str
    cites: tuple[str, ...]
    because: tuple[str, ...]
    says: str
    facts: dict[str, Fact] = field(default_factory=dict, repr=False, hash=False)
    page: Page = field(default_factory=lambda: Page("", {}, {}, ""), repr=False, compare=False)

    @property
    def message(self) -> str:
        """What follows, in English."""
        return self.words("en")[0]

    @property
    def fix(self) -> str:
        """The one thing to do, in English."""
        return self.words("en")[1]

    def words(self, language: str) -> tuple[str, str]:
        """Return message and fix in a language (ISO 639-1). A name that ends with a full stop ends a sentence too."""
        message, fix = self.page.say(self.says, language, self.facts)
        return _DOUBLE.sub(".", message), _DOUBLE.sub(".", fix)

    def title(self, language: str) -> str:
        """Return the name of the kind of consequence."""
        return translate(self.page.name, language)


Looks = Callable[[Sides], Iterator[Meaning]]
_LOOKS: dict[str, tuple[tuple[str, ...], Looks]] = {}


def consequence(name: str, *, cites: tuple[str, ...]) -> Callable[[Looks], Looks]:
    """Register what looks for a consequence; its words stand in `words.yaml` under its name."""

    def keep(looks: Looks) -> Looks:
        _LOOKS[name] = cites, looks
        return looks

    return keep


@cache
def _words() -> Any:
    return yaml.load((files("ropa.changes.consequences") / "words.yaml").read_text(encoding="utf-8"), CBaseLoader)  # noqa: S506 - our own file, text only


@cache
def catalogue() -> dict[str, Page]:
    """Return the pages of all consequences, in the order of the reports."""
    return {name: Page(name, one["name"], one["says"], "") for name, one in _words()["consequences"].items()}


def tell(sides: Sides) -> Iterator[Consequence]:
    """Yield the consequences of what changed between two registers, in the order of the catalogue."""
    for name, page in catalogue().items():
        cites, looks = _LOOKS[name]
        for one in looks(sides):
            yield Consequence(
                name,
                format_path(one.subject),
                tuple(dict.fromkeys((*one.cites, *cites))),
                tuple(dict.fromkeys(format_path(path) for path in one.because)),
                one.says,
                one.facts,
                page,
            )


def topics(names: Iterable[str], *, provisions: bool = False) -> Words:
    """Return what changed as words in a row, with the provisions of a notice if asked: `the recipients (Art. 13(1)(e))`."""
    known = _words()["topics"]
    return {
        language: ", ".join(_topic(known[name], language, provisions=provisions) for name in names)
        for language in LANGUAGES
    }


def _topic(topic: Any, language: str, *, provisions: bool) -> str:
    said: str = topic["words"][language]
    if not provisions or "cites" not in topic:
        return said
    act = cited(f"GDPR {topic['cites']}", language)
    for name in ("GDPR", "AVG", "DSGVO", "RGPD"):
        act = act.replace(name, "").strip()
    return f"{said} ({act if language != 'en' else 'Art. ' + act})"
