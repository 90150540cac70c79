"""Which characters may stand in a text, and how to show those that may not."""

from __future__ import annotations

import re

__all__ = ["FORBIDDEN", "name_of", "visible"]

# Controls, the line breaks that editors and git do not show as such (a YAML parser obeys them, so a
# comment could carry a key that no reviewer sees), direction overrides, noncharacters, inner BOMs.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
    "|\r(?!\n)"
)
_HIDDEN = re.compile(f"{FORBIDDEN.pattern}|[\n\r\t]|##(?=\\w*\\[)|:(?=:)")


def name_of(character: str) -> str:
    """Name a character that cannot be shown, as U+202E."""
    return f"U+{ord(character[0]):04X}"


def visible(text: str) -> str:
    """Return `text` on one line, harmless to a terminal and to a CI runner that obeys its output.

    Controls become their visible form; `##[`, `##vso[` and `::`, with which runners' commands begin, are
    broken up: a long text may be wrapped before them, and then they stand first on a line.
    """
    return _HIDDEN.sub(_show, text)


def _show(found: re.Match[str]) -> str:
    match found[0]:
        case "\n" | "\r" | "\t":
            return " "
        case "##":
            return "## "
        case ":":
            return ": "
        case character:
            return f"\\u{ord(character[0]):04x}"
