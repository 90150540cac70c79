"""How much room a text takes: widths of Calibri, lines in a column, pieces that fit a row."""

from __future__ import annotations

from collections.abc import Iterator

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


def utf16(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _advance(character: str) -> float:
    """Return the width of a character of Calibri 10 in pixels, rather too much than too little."""
    if character in _ADVANCES:
        return _ADVANCES[character]
    if character > "\u2e7f":
        return 13.4
    return 8.2 if character.isupper() else 7.1


def line_ends(text: str, width: float) -> Iterator[int]:
    """Yield where each line ends when a text is wrapped into a column, spaces and line feeds included."""
    room, used, start, space = 7 * width - 3, 0.0, 0, 0
    at = 0
    while at < len(text):
        character = text[at]
        if character == "\n":
            yield at + 1
            used, start, space = 0.0, at + 1, 0
        else:
            used += _advance(character)
            if character in " -/":
                space = at + 1
            if used > room and character != " " and at > start:
                end = space if space > start else at
                yield end
                used, start, space = sum(map(_advance, text[end : at + 1])), end, 0
        at += 1
    if start < len(text) or not text:
        yield len(text)


def pieces(text: str, width: float) -> list[str]:
    """Cut a text into pieces that a cell can hold and a row can show; together they are the text."""
    found: list[str] = []
    start = last = lines = 0
    for end in line_ends(text, width):
        lines += 1
        if lines > MOST_LINES or utf16(text[start:end]) > MOST_UNITS:
            found.append(text[start:last])
            start, lines = last, 1
        last = end
    found.append(text[start:])
    return found


def height(texts: list[tuple[str, float]]) -> float:
    """Return the height of a row in points, given its texts and the widths of their columns."""
    return LINE * max((sum(1 for _ in line_ends(text, width)) for text, width in texts), default=1) + 6
