"""How much room a text takes: widths of Calibri, lines in a column, pieces that fit a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["LINE", "MOST_LINES", "height", "line_ends", "pieces", "utf16"]

LINE = 12.75
"""Points from line to line of Calibri 10."""

MOST_LINES = 30
"""More would pass the 409 points that a row can be high."""

MOST_UNITS = 32_767
"""What a cell holds, in UTF-16 units."""

_ADVANCES = {
    character: pixels
    for characters, pixels in (
        ("ijlI.,:;'|! \u00a0", 3.3),
        ("tfr()[]-", 4.7),
        ("sczJ", 5.6),
        ("aegkvxyL", 6.5),
        ("mwMWQ@%&—", 11.2),
    )
    for character in characters
}


_WIDEST = 13.4
_SURE = 0.5
"""Characters for each unit of a column's width that fit on one line, however wide they are."""
_TOKEN = re.compile(r"\n|[^ \-/\n]*[ \-/]|[^ \-/\n]+")


def utf16(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _advance(character: str) -> float:
    """Return the width of a character of Calibri 10 in pixels, rather too much than too little."""
    if character in _ADVANCES:
        return _ADVANCES[character]
    if character > "\u2e7f":
        return _WIDEST
    return 8.2 if character.isupper() else 7.1


@lru_cache(maxsize=20_000)
def _width(word: str) -> float:
    """Return the width of a word in pixels; a space at its end may hang over the edge."""
    return sum(map(_advance, word.rstrip(" ")))


@lru_cache(maxsize=20_000)
def line_ends(text: str, width: float) -> tuple[int, ...]:
    """Return where each line ends when a text is wrapped into a column, spaces and line feeds included."""
    room = 7 * width - 3
    if len(text) * _WIDEST <= room and "\n" not in text:
        return (len(text),)
    ends: list[int] = []
    used, at, start = 0.0, 0, 0
    for word in _TOKEN.findall(text):
        wide = _width(word)
        if word == "\n":
            ends.append(at + 1)
            used, start = 0.0, at + 1
        elif used + wide > room and at > start:
            ends.append(at)
            used, start = 0.0, at
        if wide > room:  # a word wider than the column is cut where the column ends
            *cuts, used = _cuts(word, room)
            ends += [at + int(cut) for cut in cuts]
            start = ends[-1] if cuts else start
        elif word != "\n":
            used += wide + (_ADVANCES[" "] if word.endswith(" ") else 0.0)
        at += len(word)
    if start < len(text) or not text:
        ends.append(len(text))
    return tuple(ends)


def _cuts(word: str, room: float) -> list[float]:
    """Return where a long word is cut; last, the room that its rest takes."""
    cuts: list[float] = []
    used = 0.0
    for at, character in enumerate(word):
        used += _advance(character)
        if used > room and at > (cuts[-1] if cuts else 0):
            cuts.append(at)
            used = _advance(character)
    return [*cuts, used]


def pieces(text: str, width: float) -> list[str]:
    """Cut a text into pieces that a cell can hold and a row can show; together they are the text."""
    if len(text) <= MOST_LINES:
        return [text]
    ends = line_ends(text, width)
    if len(ends) <= MOST_LINES and len(text) <= MOST_UNITS // 2:
        return [text]
    found: list[str] = []
    start = last = lines = 0
    for end in ends:
        lines += 1
        if lines > MOST_LINES or utf16(text[start:end]) > MOST_UNITS:
            found.append(text[start:last])
            start, lines = last, 1
        last = end
    found.append(text[start:])
    return found


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row in points, given its texts and the widths of their columns."""
    lines = (
        1 if len(text) <= _SURE * width and "\n" not in text else len(line_ends(text, width)) for text, width in texts
    )
    return LINE * max(lines, default=1) + 6
