"""Text from a register, made harmless for the format it goes into: one function for each kind of place.

Every function takes any text at all, and begins with `visible`: what comes out is on one line, and holds no
control, no direction override and no command of a CI runner.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from ropa.source import visible

__all__ = [
    "code_span",
    "command_data",
    "command_property",
    "json_text",
    "markdown",
    "prose",
    "sarif_text",
    "uri",
    "xml_text",
]

_BREAK = "\u200b"  # a space of no width: what stands on both sides of it is no mention, number or address

_FORMATTING = re.compile(r"([\\`*_\[\]|~^$])")
_BLOCK = re.compile(r"^(?=[-+=#/:])")
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
_REFERENCE = re.compile(
    r"(?<=[@#!])(?=\w)|(?<=[~$%])(?=[\w\"])|(?<=&)(?=\d)|(?<=GH-)(?=\d)"  # people, groups, numbers, labels
    r"|(?<=:)(?=//)|(?<=:)(?=[\w+-]+:)|(?<=\[)(?=\w+:\d)"  # addresses, emoji, GitLab's [issue:1]
)
_ADDRESS = re.compile(r"(?i)(?<=www)(?=\.)")


def markdown(text: str) -> str:
    """Return `text` for Markdown (GitHub's, GitLab's): shown as it is written, also at the start of a line or in a table.

    It formats nothing, and makes no HTML, link, mention (`@team`), reference (`#1`, `!1`), emoji or quick action
    (`/merge`). Platforms look for mentions and addresses in what is already rendered, so that a backslash
    would not stop them: those are broken by a space of no width.
    """
    return _inline(_one_line(text))


def prose(text: str) -> str:
    """Return a sentence of ropa's for Markdown, as `markdown` does, but with what stands in backticks as code."""
    parts = re.split(r"`([^`]+)`", _one_line(text))
    return "".join(code_span(part) if at % 2 else _inline(part) for at, part in enumerate(parts))


def code_span(text: str) -> str:
    """Return `text` as inline code of Markdown, for ids and names of files; also in a table. Nothing gives nothing."""
    text = _one_line(text)
    if not text:
        return ""
    if "|" in text:  # in a table it would end the cell, elsewhere its backslash would show
        return f"<code>{re.sub(r'[^0-9A-Za-z ]', lambda found: f'&#{ord(found[0])};', _unlinked(text))}</code>"
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _unlinked(text: str) -> str:
    return _ADDRESS.sub(_BREAK, _REFERENCE.sub(_BREAK, text))


def _inline(text: str) -> str:
    text = _unlinked(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _NUMBERED.sub(r"\1\\", _BLOCK.sub(r"\\", _FORMATTING.sub(r"\\\1", text)))


def sarif_text(text: str) -> str:
    """Return `text` for a plain message of SARIF: no link (`[x](y)`) and no placeholder (`{0}`) comes of it (§3.11)."""
    return visible(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def command_data(text: str) -> str:
    """Return `text` for the message of a workflow command of GitHub; a line of its own for each line feed in it."""
    lines = "\n".join(visible(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\n", "%0A")


def command_property(text: str) -> str:
    """Return `text` for a property of a workflow command of GitHub (`file`, `title`)."""
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def xml_text(text: str) -> str:
    """Return `text` with no character that XML forbids, and none of what GitLab obeys in a JUnit report.

    Whoever writes the XML still escapes `<`, `&` and quotes, as `xml.etree` does.
    """
    return visible(text).replace("[[ATTACHMENT|", "[ [ATTACHMENT|")


def uri(file: str) -> str:
    """Return the name of a file as a relative URI reference (RFC 3986), byte for byte also where it is no UTF-8."""
    try:
        content = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        content = file.encode("utf-8", "backslashreplace")
    return quote(content, safe="/")


def json_text(value: Any) -> str:
    """Return plain data as JSON in ASCII: every other character as its escape, so that a log shows what is there."""
    text = json.dumps(value, ensure_ascii=True, indent=2, allow_nan=False)
    return re.sub(r"##(?=\w*\[)", r"#\\u0023", text) + "\n"
