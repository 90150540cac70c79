"""The kinds of a field: how a cell says what the text writes, and how the text writes what a cell says.

The kind of a field is read off the model: what it may hold decides how it is shown and what is
understood when it comes back.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ropa.model.shape import Shape
from ropa.workbook.speaking import Speaker, State, Value

__all__ = ["WORDS", "Kind", "MisreadError", "loosely", "word_meant"]

WORDS = ("none", "unknown")
"""What a field can state in place of a value."""

_BULLETS = re.compile("^[•·\\-–*]?[ \u00a0\t]+|^•")
_DAYS = (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})"))
_NUMBER = re.compile(r"[0-9]{1,9}")


class MisreadError(ValueError):
    """A cell says what its field cannot hold; `key` names the phrase that says so, `facts` fill it."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


def loosely(text: str) -> str:
    """Return a text as it is compared: spreadsheets change line ends, composed characters and blanks."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u00a0", " ")).strip()


def word_meant(say: Speaker, text: str) -> str:
    """Return the word that a cell states in place of a value: `none`, `unknown`, or nothing."""
    said = loosely(text).casefold()
    return next((word for word in WORDS if said in (word, loosely(say.say(word)).casefold())), "")


@dataclass(frozen=True)
class Kind:
    """What a field may hold, and in which words a cell says it."""

    shape: Shape
    codes: str = ""
    """The list of words that its codes are shown by (`role`)."""
    proper: bool = False
    """Whether its texts are names, which belong to no language."""

    @cached_property
    def one(self) -> Shape:
        """The shape of one value of it."""
        return self.shape.items or self.shape

    @property
    def many(self) -> bool:
        """Whether it holds several values, one a line."""
        return self.shape.items is not None

    @cached_property
    def choices(self) -> frozenset[str | int]:
        """The codes that one value can be, other than `unknown` and `none`."""
        return frozenset(self.one.words - set(WORDS))

    @property
    def free(self) -> bool:
        """Whether it holds words of people's own, in which every blank counts."""
        return not self.many and bool({"text", "line"} & self.shape.scalars) and not self.shape.section

    # --- from the text to the cell

    def show(self, say: Speaker, plain: Any) -> Value:
        """Return what a cell says of a plain value."""
        if plain is None:
            return say.missing
        if isinstance(plain, str) and self._takes(plain):
            state: State = "unknown" if plain == "unknown" else "none"
            return Value(say.say(plain), state)
        if isinstance(plain, list) and self.many:
            return say.lines(self.said(say, one) for one in plain) if plain else Value(say.say("none"), "none")
        return Value(self.said(say, plain))

    def said(self, say: Speaker, plain: Any) -> str:
        """Return what a line says of one plain value."""
        shape = self.one
        if isinstance(plain, dict):
            return say.marked(plain) if "text" in shape.scalars else json.dumps(plain, ensure_ascii=False)
        if not isinstance(plain, str):
            return self._number(say, plain)
        if plain in shape.words:
            return say.code(self.codes, plain)
        if shape.section is not None:
            return say.label(shape.section, plain)
        if "country" in shape.scalars:
            return say.country(plain)
        if "period" in shape.scalars:
            return say.period(plain)
        return plain if self.proper or "text" not in shape.scalars else say.marked(plain)

    def _number(self, say: Speaker, plain: Any) -> str:
        if isinstance(plain, int) and not isinstance(plain, bool) and plain in self.choices:
            return say.code(self.codes, str(plain))
        return json.dumps(plain, ensure_ascii=False, default=str)

    # --- from the cell to the text

    def read(self, say: Speaker, text: str, old: Any) -> Any:
        """Return the plain value that a cell means; None where it says nothing. Raises MisreadError.

        `old` is what the text writes now: words in other languages stay.
        """
        said = loosely(text)
        if not said or said == loosely(say.say("missing")):
            return self._without(say, old)
        if self._takes(word := word_meant(say, said)):
            return word
        if not self.many:
            return self._read(say, text if self.free else said, old)
        known = {loosely(self.said(say, one)): one for one in old} if isinstance(old, list) else {}
        lines = [loosely(_BULLETS.sub("", line)) for line in said.split("\n")]
        found = [known[line] if line in known else self._read(say, line, None) for line in lines if line]
        return [one for at, one in enumerate(found) if one not in found[:at]]

    def _without(self, say: Speaker, old: Any) -> Any:
        """Return what is left of a text when its words in the reader's language go: those in others stay."""
        if not isinstance(old, dict) or self.many or self.proper or "text" not in self.shape.scalars:
            return None
        return {language: words for language, words in old.items() if language != say.spoken(old)} or None

    def _takes(self, word: str) -> bool:
        """Tell whether a word stands for the whole; a name can be `unknown` too."""
        return word in WORDS and (word in self.shape.words or (self.proper and word == "unknown"))

    def _read(self, say: Speaker, text: str, old: Any) -> Any:
        """Return the plain value of one line."""
        shape, misread = self.one, MisreadError("not_understood", text=text)
        coded = _find(text, ((say.code(self.codes, str(code)), code) for code in self.choices))
        if coded is not None:
            return coded
        if shape.section is not None:
            one = say.meant(shape.section, text)
            if one is None:
                raise MisreadError("no_such_record", text=text, section=say.say(f"list_{shape.section}"))
            return one
        if "country" in shape.scalars:
            misread = MisreadError("no_country", text=text)
            if (code := say.country_meant(text)) is not None:
                return code
        elif "period" in shape.scalars:
            misread = MisreadError("no_period", text=text, example=say.period("P1Y6M"))
            if (period := say.period_meant(text)) is not None:
                return period
        elif "day" in shape.scalars:
            misread = MisreadError("no_day", text=text)
            if (day := _day(text, say.language)) is not None:
                return day
        elif "number" in shape.scalars:
            misread = MisreadError("no_number", text=text)
            if _NUMBER.fullmatch(text):
                return int(text)
        elif "text" in shape.scalars:
            return self._text(say, text, old)
        elif "line" in shape.scalars or "id" in shape.scalars:
            return text
        elif not shape.scalars and not shape.words:
            return _own(text, old)
        if self.choices:
            raise MisreadError("no_choice", text=text, choices=", ".join(say.code(self.codes, str(each)) for each in sorted(self.choices, key=str)))  # fmt: skip
        raise misread

    def _text(self, say: Speaker, text: str, old: Any) -> Any:
        """Return a text with what it says in other languages; a mark (` [nl]`) says which one was edited."""
        own = say.register.language
        spoken = say.spoken(old) if isinstance(old, (str, dict)) and not self.proper else say.language
        if spoken != say.language and text.endswith(mark := f" [{spoken}]"):
            text = text.removesuffix(mark)
            return {**old, spoken: text} if isinstance(old, dict) else text
        if isinstance(old, dict):
            return {**old, say.language: text}
        if self.proper or say.language == own:
            return text
        return {own: old, say.language: text} if isinstance(old, str) else {say.language: text}


def _find(text: str, labels: Iterable[tuple[str, str | int]]) -> str | int | None:
    """Return the code that a text names, by its label or by itself."""
    wanted = text.casefold()
    return next((code for label, code in labels if wanted in (loosely(label).casefold(), str(code).casefold())), None)


def _day(text: str, language: str) -> str | None:
    """Return a day as ISO 8601; day before month, as written on the continent, is not guessed at in English."""
    iso, written = (pattern.fullmatch(text) for pattern in _DAYS)
    if iso:
        year, month, day = iso.groups()
    elif written and language != "en":
        day, month, year = written.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _own(text: str, old: Any) -> Any:
    """Return the value of an organisation's own field: of the kind that it was."""
    if old is None or isinstance(old, str):
        return text
    try:
        value = json.loads(text)
        return value if len(text) < 1000 and json.dumps(value, allow_nan=False) and _fits(value) else text
    except (ValueError, RecursionError):
        return text


def _fits(value: Any) -> bool:
    """Tell whether every number of a value can be written and read again as it is."""
    if isinstance(value, (dict, list)):
        return all(_fits(one) for one in (value.values() if isinstance(value, dict) else value))
    return not isinstance(value, (int, float)) or abs(value) < 10**15
