"""How the workbook looks: fonts, fills and lines, made once and shared by all cells."""

from __future__ import annotations

from functools import cache

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

__all__ = ["AMBER", "BLUE", "RED", "STYLES", "UNSET", "style"]

INK, MUTED, NAVY, SLATE, LINE, WHITE = "1B2A41", "6B7684", "1F3B5C", "5B6B7F", "D5DBE3", "FFFFFF"
UNSET = "8A94A3"
RED, AMBER, BLUE = ("FCE8E6", "B3261E"), ("FFF3D6", "7A4F00"), ("E7F0FA", "1D5B9E")

# name: (size, bold, italic, ink, fill, lower line, colour of that line, vertical, underlined)
STYLES: dict[str, tuple[float, bool, bool, str, str, str, str, str, bool]] = {
    "title": (18, True, False, INK, "", "", "", "center", False),
    "great": (24, True, False, INK, "", "", "", "center", False),
    "subtitle": (12, False, False, MUTED, "", "", "", "center", False),
    "ruled": (12, False, False, MUTED, "", "medium", NAVY, "center", False),
    "hint": (9, False, True, MUTED, "", "", "", "center", False),
    "link": (10, False, False, NAVY, "", "", "", "center", True),
    "link-small": (9, False, False, NAVY, "", "", "", "center", True),
    "band": (9, True, False, WHITE, NAVY, "", "", "center", False),
    "band-rest": (9, True, False, WHITE, NAVY, "", "", "center", False),
    "band-extra": (9, True, False, WHITE, SLATE, "", "", "center", False),
    "band-extra-rest": (9, True, False, WHITE, SLATE, "", "", "center", False),
    "way": (8, False, False, MUTED, "E4EBF3", "", "", "center", False),
    "way-extra": (8, False, False, MUTED, "EDEFF2", "", "", "center", False),
    "head": (10, True, False, INK, "E4EBF3", "medium", NAVY, "center", False),
    "head-extra": (10, True, False, INK, "EDEFF2", "medium", SLATE, "center", False),
    "head-red": (10, True, False, RED[1], "E4EBF3", "medium", NAVY, "center", False),
    "body": (10, False, False, INK, "", "thin", LINE, "top", False),
    "key": (10, True, False, INK, "", "thin", LINE, "top", False),
    "card": (10, True, False, INK, "E4EBF3", "thin", LINE, "top", False),
    "id": (9, False, False, MUTED, "", "thin", LINE, "top", False),
    "gap": (10, False, True, RED[1], RED[0], "thin", LINE, "top", False),
    "compiled": (10, False, False, INK, "F6F8FA", "thin", LINE, "top", False),
    "unset": (10, False, True, UNSET, "", "thin", LINE, "top", False),
    "error": (10, True, False, RED[1], RED[0], "thin", LINE, "top", False),
    "warning": (10, True, False, AMBER[1], AMBER[0], "thin", LINE, "top", False),
    "info": (10, True, False, BLUE[1], BLUE[0], "thin", LINE, "top", False),
    "figure": (18, True, False, INK, "", "", "", "bottom", False),
    "section": (11, True, False, NAVY, "", "thin", NAVY, "center", False),
    "label": (10, False, False, MUTED, "", "", "", "center", False),
    "value": (10, False, False, INK, "", "", "", "center", False),
    "value-gap": (10, False, True, RED[1], RED[0], "", "", "center", False),
    "value-unset": (10, False, True, UNSET, "", "", "", "center", False),
}
_UNWRAPPED = {"title", "great", "subtitle", "ruled", "hint", "link", "link-small", "section"}
_UNWRAPPED |= {name for name in STYLES if name.startswith(("band", "way"))}


@cache
def style(name: str) -> NamedStyle:
    """Return a style by name; every cell is text."""
    size, bold, italic, ink, fill, below, colour, vertical, underlined = STYLES[name]
    side = Side(style=below, color=colour) if below else Side()  # type: ignore[arg-type]  # openpyxl's own names
    apart = (name.startswith(("band", "way", "head")) or fill) and not name.endswith("-rest")  # one band is one stripe
    white = Side(style="thin", color=WHITE) if apart else Side()
    return NamedStyle(
        name=f"ropa {name}",
        font=Font(
            name="Calibri", size=size, bold=bold, italic=italic, color=ink, underline="single" if underlined else None
        ),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        border=Border(bottom=side, left=white),
        alignment=Alignment(wrap_text=name not in _UNWRAPPED, vertical=vertical),
        number_format="@",
    )
