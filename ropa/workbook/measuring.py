"""How much room a text takes: widths of Calibri, lines in a column, pieces that fit a row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

__all__ = ["LINE", "MOST_LINES", "broken", "height", "line_ends", "pieces", "utf16"]

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


def utf16(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Advances(dict[str, float]):
    """The width of each character of Calibri 10 in pixels, rather too much than too little."""

    def __missing__(self, character: str) -> float:
        wide = _WIDEST if character > "\u2e7f" else 8.2 if character.isupper() else 7.1
        self[character] = wide
        return wide


_ADVANCE = _Advances(_ADVANCES)


@lru_cache(maxsize=20_000)
def line_ends(text: str, width: float) -> tuple[int, ...]:
    """Return where each line ends when a text is wrapped into a column, spaces and line feeds included."""
    room = 7 * width + 2
    ends: list[int] = []
    at = 0
    for paragraph in text.split("\n"):
        reach = [0.0, *accumulate(map(_ADVANCE.__getitem__, paragraph))]
        start, end = 0, len(paragraph.rstrip(" "))  # a space at the end may hang over the edge
        while reach[end] - reach[start] > room:
            fits = bisect_right(reach, reach[start] + room, start + 1) - 1
            cut = 1 + max(
                paragraph.rfind(" ", start, fits + 1),
                paragraph.rfind("-", start, fits),
                paragraph.rfind("/", start, fits),
            )
            start = cut if cut > start else max(fits, start + 1)  # a word wider than the column is cut where that ends
            ends.append(at + start)
        at += len(paragraph) + 1
        ends.append(at)
    ends[-1] = len(text)
    return tuple(ends)


def broken(text: str, width: float) -> str:
    """Return the first word of a text that is wider than a column; nothing if each fits."""
    for word in text.replace("-", "- ").replace("/", "/ ").split():
        if sum(_ADVANCE[character] for character in word) > 7 * width + 2:
            return word
    return ""


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
