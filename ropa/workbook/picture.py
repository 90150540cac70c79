"""The data-flow picture: boxes and lines as native shapes of a spreadsheet (DrawingML), for one landscape A4."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ropa.workbook import styles
from ropa.workbook.flows import Box, Flows, Line, flows
from ropa.workbook.measuring import line_ends
from ropa.workbook.writing import safe, sayable

__all__ = ["drawing", "flows"]

# Lengths are millimetres, letters are points.

EDGE = 1.0
"""Around the picture, so that no border is cut off."""
COLUMNS = ((0.0, 84.0), (123.0, 68.0), (225.0, 43.0))
"""Where each column begins, and how wide it is: 268 in all, which is sixteen columns of an empty sheet."""
HEADING, BODY = 7.5, 12.0
"""How high a heading is, and where the boxes begin below it."""
ROOM = 142.0
"""For the boxes of a column."""
PITCH, SPREAD = 14.0, 1.4
"""How far apart boxes stand where they are few, and how much further those of a column with fewer than the next."""
FILLED = 0.78
"""How much of that a box takes."""
INSET, AIR = 1.6, 0.6
"""Between a box and its letters: at the left and the right, and above and below together."""
ENDS, APART = 0.7, 1.4
"""How much of a box's height the ends of its lines share, and how far apart they are at most."""

SIZES, SMALL = (10.0, 9.0, 8.5, 8.0), (7.5, 7.0)
"""Of letters, the best first."""
POINT, LEADING = 25.4 / 72, 1.22
BOLD = 1.06
"""How much wider bold letters run."""
MEASURED, PIXEL = 10.0, 25.4 / 96
"""The size of the letters that `line_ends` measures, and the unit it measures in."""
EMU = 36_000
"""To a millimetre."""


class Look(NamedTuple):
    """How a box is drawn."""

    fill: str
    border: str
    ink: str
    bold: bool = False
    italic: bool = False


HEAD = Look("E4EBF3", "E4EBF3", styles.INK, bold=True)
USUAL = Look("F6F8FA", styles.LINE, styles.INK)
OUTSIDE = Look(styles.RED[0], styles.RED[1], styles.RED[1], bold=True)
GAP = Look("FFFFFF", styles.UNSET, styles.MUTED, italic=True)
NOTE = Look("FFFFFF", "FFFFFF", styles.MUTED)


class Place(NamedTuple):
    """Where something stands: from the left, from the top, and how large it is."""

    left: float
    top: float
    width: float
    height: float


def drawing(
    flows: Flows,
    headings: tuple[str, str, str],
    more: Callable[[int], str],
    *,
    legend: tuple[str, str] | None = None,
    top: float = 0.0,
) -> str:
    """Return the picture as the XML of a drawing part, at most 277 mm wide and 165 mm high.

    `headings` stand above the columns; `more` says that so many boxes share one; `legend` says what
    a line within the EEA means, and one that leaves it. The picture begins `top` millimetres below
    the upper edge of the sheet.
    """
    shapes = _Shapes(top + EDGE)
    body = min(ROOM, PITCH * max(map(len, flows.columns)))
    places = {key: place for column in _stand(flows.columns, body) for key, place in column}
    for line, start, end in _ends(flows.lines, places):
        shapes.line(start, end, outside=line.outside)
    for (left, width), heading in zip(COLUMNS, headings, strict=True):
        shapes.box(heading[:1].upper() + heading[1:], Place(left, 0.0, width, HEADING), HEAD)
    for boxes, left_out in zip(flows.columns, flows.left_out, strict=True):
        _tell(shapes, [(box, _flat(box.text or more(left_out))) for box in boxes], places)
    if legend is not None:
        _legend(shapes, legend, BODY + body + 2.0)
    return shapes.xml()


def _stand(columns: Iterable[Sequence[Box]], body: float) -> Iterator[Iterator[tuple[str, Place]]]:
    """Yield where the boxes of each column stand: evenly, about the middle of the picture."""
    for (left, width), boxes in zip(COLUMNS, columns, strict=True):
        pitch = min(body / max(1, len(boxes)), SPREAD * PITCH)
        height = FILLED * min(pitch, PITCH)
        first = BODY + (body - pitch * (len(boxes) - 1) - height) / 2
        yield ((box.key, Place(left, first + at * pitch, width, height)) for at, box in enumerate(boxes))


# Lines

Point = tuple[float, float]


def _ends(lines: Sequence[Line], places: Mapping[str, Place]) -> Iterator[tuple[Line, Point, Point]]:
    """Yield each line with its ends, spread over the sides of its boxes; those that leave the EEA last, so on top."""
    starts = _spread([(line.start, line.end) for line in lines], places)
    ends = _spread([(line.end, line.start) for line in lines], places)
    for line in sorted(lines, key=lambda line: (line.outside, line)):
        start, end = places[line.start], places[line.end]
        yield line, (start.left + start.width, starts[line.start, line.end]), (end.left, ends[line.end, line.start])


def _spread(joined: Iterable[tuple[str, str]], places: Mapping[str, Place]) -> dict[tuple[str, str], float]:
    """Return how high each line meets the first of its two boxes, so that lines of one box do not cross."""
    found: dict[tuple[str, str], float] = {}
    ordered = sorted(joined, key=lambda two: (two[0], places[two[1]].top))
    for here, group in groupby(ordered, key=lambda two: two[0]):
        lines, place = list(group), places[here]
        step = min(ENDS * place.height / len(lines), APART)
        for at, two in enumerate(lines):
            found[two] = place.top + place.height / 2 + (at - (len(lines) - 1) / 2) * step
    return found


# Letters


def _look(box: Box) -> Look:
    return OUTSIDE if box.outside else GAP if box.gap or not box.text else USUAL


def _flat(text: str) -> str:
    return " ".join(sayable(text).split())


def _tell(shapes: _Shapes, told: Sequence[tuple[Box, str]], places: Mapping[str, Place]) -> None:
    """Write the boxes of a column, with what they say."""
    size, lines = _size(told, places)
    for box, text in told:
        place, look = places[box.key], _look(box)
        shapes.box(_shortened(text, place.width, lines, size, look), place, look, size, whole=text)


def _size(told: Sequence[tuple[Box, str]], places: Mapping[str, Place]) -> tuple[float, int]:
    """Return the size of a column's letters and how many lines a box holds.

    The largest by which the least is cut; small letters only where they save every text, or nothing else fits.
    """
    if not told:
        return SIZES[0], 1
    place = places[told[0][0].key]
    lines = {size: min(2, int((place.height - AIR) / (size * POINT * LEADING))) for size in (*SIZES, *SMALL)}

    def cut(size: float) -> int:
        return sum(_shortened(text, place.width, lines[size], size, _look(box)) != text for box, text in told)

    usual = [size for size in SIZES if lines[size]]
    small = [size for size in SMALL if lines[size] and (not usual or not cut(size))]
    best = min([*usual, *small] or SMALL[-1:], key=cut)
    return best, max(1, lines[best])


_LOOSE = " ,;:.-–/(&"
"""What does not stand before an ellipsis."""


def _shortened(text: str, width: float, lines: int, size: float, look: Look) -> str:
    """Return a text as so many lines of a box hold it; where it is too long, ended after a whole word.

    Only a word that takes more than half of the room is cut itself.
    """
    room = (width - 2 * INSET) / PIXEL * MEASURED / size / (BOLD if look.bold else 1.0)
    characters = (room - 2) / 7  # as the widths of columns are counted
    if len(line_ends(text, characters)) <= lines:
        return text
    longer = bisect_right(range(len(text)), lines, key=lambda end: len(line_ends(f"{text[:end]}…", characters)))
    kept = text[: max(1, longer - 1)]
    whole = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
    return f"{(whole if 2 * len(whole) > len(kept) else kept).rstrip(_LOOSE)}…"


# Shapes

_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{shapes}</xdr:wsDr>'
)
_ANCHOR = (
    '<xdr:absoluteAnchor><xdr:pos x="{x}" y="{y}"/><xdr:ext cx="{cx}" cy="{cy}"/>{shape}'
    "<xdr:clientData/></xdr:absoluteAnchor>"
)
_FRAME = '<a:xfrm{flip}><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
_BOX = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{id}" name="Box {id}" descr={whole}/><xdr:cNvSpPr/></xdr:nvSpPr>'
    '<xdr:spPr>{frame}<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 10000"/></a:avLst></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
    '<a:ln w="9525"><a:solidFill><a:srgbClr val="{border}"/></a:solidFill></a:ln></xdr:spPr>'
    '<xdr:txBody><a:bodyPr vertOverflow="clip" horzOverflow="clip" wrap="square" lIns="{inset}" tIns="0" rIns="{inset}" bIns="0" anchor="ctr"/>'
    '<a:lstStyle/><a:p><a:pPr algn="l"/><a:r><a:rPr sz="{size}" b="{bold}" i="{italic}">'
    '<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill><a:latin typeface="Calibri"/></a:rPr>'
    "<a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
_LINE = (
    '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="{id}" name="Line {id}"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr>'
    '<xdr:spPr>{frame}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    '<a:ln w="{weight}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
    "</xdr:spPr></xdr:cxnSp>"
)


class _Shapes:
    """Writes shapes, each with an anchor and a number of its own."""

    def __init__(self, top: float) -> None:
        self.top = top
        self.written: list[str] = []

    def xml(self) -> str:
        """Return the part."""
        return _PART.format(shapes="".join(self.written))

    def box(self, text: str, place: Place, look: Look, size: float = 10.0, *, whole: str = "") -> None:
        """Write a box; its whole text is what a screen reader says."""
        fill, border, ink, bold, italic = look
        facts = {
            "fill": fill, "border": border, "ink": ink, "bold": int(bold), "italic": int(italic),
            "size": round(size * 100), "inset": round(INSET * EMU),
            "text": escape(safe(text)), "whole": quoteattr(safe(whole or text)),
        }  # fmt: skip
        self._add(_BOX, place, facts)

    def line(self, start: Point, end: Point, *, outside: bool) -> None:
        """Write a line from left to right; what leaves the EEA is thick and dark, so that it is seen in grey too."""
        place = Place(start[0], min(start[1], end[1]), end[0] - start[0], abs(end[1] - start[1]))
        colour, points = (styles.RED[1], 1.25) if outside else ("9AA5B4", 0.6)
        self._add(_LINE, place, {"colour": colour, "weight": round(points * 12_700)}, up=end[1] < start[1])

    def _add(self, shape: str, place: Place, facts: Mapping[str, object], *, up: bool = False) -> None:
        left, top, width, height = place
        at = {"x": left + EDGE, "y": top + self.top, "cx": width, "cy": height}
        where = {key: round(length * EMU) for key, length in at.items()}
        frame = _FRAME.format(**where, flip=' flipV="1"' if up else "")
        drawn = shape.format(id=len(self.written) + 2, frame=frame, **facts)
        self.written.append(_ANCHOR.format(**where, shape=drawn))


def _legend(shapes: _Shapes, legend: tuple[str, str], top: float) -> None:
    """Write what the two kinds of line mean, below the picture."""
    for at, (text, outside) in enumerate(zip(legend, (False, True), strict=True)):
        left, width, height = at * 62.0, 48.0, 5.0
        shapes.line((left, top + height / 2), (left + 10.0, top + height / 2), outside=outside)
        shapes.box(text, Place(left + 11.0, top, width, height), NOTE, 8.0)
