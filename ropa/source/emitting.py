"""Values as text: YAML (or JSON) that the strict reader hears as just those values.

What is plain here is plain to every reader of YAML 1.2: a text that another could take for a
number is quoted, even where the strict reader would not be misled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ropa.source.reader import core_value
from ropa.source.visible import FORBIDDEN

__all__ = ["WIDTH", "Hand"]

WIDTH = 120
"""Characters that a line may have before lists, mappings and long texts are spread over several."""

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<.")
_BREAKS_PLAIN = re.compile(r"[\t\r\n]|:(?= |$)| #")
_BREAKS_FLOW = re.compile(r"[,\[\]{}]")
_NUMBER_ELSEWHERE = re.compile(r"[-+]?(?:0[xob][0-9a-f]+|[0-9]*\.?[0-9]*(?:e[-+]?[0-9]+)?|\.inf)", re.IGNORECASE)
_ESCAPED = re.compile(rf'["\\\n\r\t]|{FORBIDDEN.pattern}')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ONE_SPACE = re.compile(r"(?<=\S) (?=\S)")
_BLOCK_TEXT = re.compile(r"([|>])[-+0-9]*([^\r\n]*)\r?\n(?: *\r?\n)*( *)")
_STEP = re.compile(r"^( *)[\w\"'][^\n]*:\r?\n\1( +)[\w\"']", re.MULTILINE)
_DASH = re.compile(r"^( *)[\w\"'][^\n]*:\r?\n\1( *)- ", re.MULTILINE)
_JSON_STEP = re.compile(r"^( +)[\"\[{]", re.MULTILINE)


@dataclass(frozen=True)
class Hand:
    """How a document is written. Columns count from 0; what it returns begins at a column, unindented."""

    json: bool = False
    newline: str = "\n"
    step: int = 2
    """Columns from a key to the keys below it."""
    dash: int = 2
    """Columns from a key to the dashes below it."""
    folds: bool = True
    """Whether long texts are folded."""

    @classmethod
    def of(cls, text: str, *, json: bool) -> Hand:
        """Return how a text is written: its line ends, and how far it indents."""
        newline = "\r\n" if "\r\n" in text else "\n"
        step, dash = (_JSON_STEP if json else _STEP).search(text), _DASH.search(text)
        columns = len(step[step.re.groups]) if step else 2
        return cls(json, newline, columns, len(dash[2]) if dash else columns)

    def document(self, data: dict[str, Any]) -> str:
        """Say a whole document; in YAML, sections of several lines stand apart."""
        if self.json or not data:
            return (self.nested(data, 0) if data else "{}") + self.newline
        sections = [self.entry(key, value, 0) for key, value in data.items()]
        parts, apart = [sections[0]], "\n" in sections[0]
        for section in sections[1:]:
            long = "\n" in section
            parts += ["", section] if apart or long else [section]
            apart = long
        return self.newline.join(parts) + self.newline

    def scalar(self, value: Any, *, flow: bool = False) -> str:
        """Say a text, a number, a truth or nothing on one line. Raises TypeError for anything else."""
        if isinstance(value, str):
            return value if not self.json and _is_plain(value, flow=flow) else self.double(value)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):  # the reader takes 18 digits behind the point; `repr` may write more
            return f"{value:.16e}" if isinstance(core_value(repr(value)), str) else repr(value)
        raise TypeError(f"no plain value: {value!r}")

    def double(self, text: str) -> str:
        """Say a text in double quotes."""
        return f'"{_ESCAPED.sub(self._escape, text)}"'

    def single(self, text: str) -> str | None:
        """Say a text in single quotes; None if they cannot say it on one line."""
        if FORBIDDEN.search(text) or re.search(r"[\t\r\n]", text):
            return None
        return "'" + text.replace("'", "''") + "'"

    def like(self, was: str, value: Any, *, flow: bool) -> str:
        """Say a scalar in the style in which another text was said, if that can say it."""
        said: str | None = None
        if isinstance(value, str) and not self.json:
            if was.startswith("'"):
                said = self.single(value)
            elif was.startswith('"'):
                said = self.double(value)
            elif found := _BLOCK_TEXT.match(was):
                kind, note, indent = found.groups()
                width = max(map(len, was.splitlines()[1:]))
                said = self.block_text(kind, value, len(indent), width=width, note=note)
        return said or self.scalar(value, flow=flow)

    def flow(self, value: Any) -> str:
        """Say any value on one line."""
        if isinstance(value, dict):
            return (
                "{" + ", ".join(f"{self.scalar(key, flow=True)}: {self.flow(one)}" for key, one in value.items()) + "}"
            )
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value, flow=True)

    def brief(self, value: Any, column: int) -> str | None:
        """Say a value on the line that has come to `column`; None if it does not fit there."""
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        if inner is None:
            return self.scalar(value)
        if self.json or not any(isinstance(one, (dict, list)) for one in inner):
            said = self.flow(value)
            if column + len(said) <= WIDTH or not inner or (self.json and column > WIDTH):
                return said
        return None

    def nested(self, value: Any, column: int) -> str:
        """Say a mapping or list that is not empty on several lines, its entries at `column`."""
        if self.json:
            return self._braces(value, column)
        return self._lines(self._entries(value, column), column)

    def entry(self, key: str, value: Any, column: int) -> str:
        """Say an entry of a mapping; on several lines if it has to be."""
        head = f"{self.scalar(key)}:"
        said = self._text_or_brief(value, column + len(head) + 1, column + self.step)
        if said is None and self.json:
            said = self._braces(value, column)
        if said is not None:
            return f"{head} {said}"
        inner = column + (self.dash if isinstance(value, list) else self.step)
        return f"{head}{self.newline}{' ' * inner}{self.nested(value, inner)}"

    def item(self, value: Any, column: int) -> str:
        """Say an item of a list, with the dash that YAML puts before it."""
        inner = column if self.json else column + 2
        said = self._text_or_brief(value, inner, inner)
        return ("" if self.json else "- ") + (self.nested(value, inner) if said is None else said)

    def block_text(self, kind: str, text: str, column: int, *, width: int = WIDTH, note: str = "") -> str | None:
        """Say a text as a block scalar, literal (`|`) or folded (`>`); None if that would not say it.

        `note` follows the indicator: a comment that stands there. `width` is that of folded lines.
        """
        body = text.removesuffix("\n")
        lines = body.split("\n")
        if not body or re.search(r"^\s|[\t\r]|\n\Z", body) or FORBIDDEN.search(body):
            return None
        if any(line.isspace() or (kind == ">" and line != line.strip()) for line in lines):
            return None
        if kind == ">":
            lines = re.sub(r"\n+", lambda found: found[0] + "\n", body).split("\n")
            lines = [part for line in lines for part in _wrapped(line, width - column)]
        head = kind + ("" if text.endswith("\n") else "-") + note
        return self.newline.join((head, *(" " * column + line if line else "" for line in lines)))

    def _text_or_brief(self, value: Any, column: int, inner: int) -> str | None:
        """Say a value on this line, or a long text folded below it; None for what is nested."""
        said = self.brief(value, column)
        if self.folds and not self.json and isinstance(value, str) and said is not None:
            long = len(value) > WIDTH // 2 and column + len(said) > WIDTH
            if long and "\n" not in value and _ONE_SPACE.search(value):
                return self.block_text(">", value, inner) or said
        return said

    def _entries(self, value: Any, column: int) -> list[str]:
        if isinstance(value, dict):
            return [self.entry(key, one, column) for key, one in value.items()]
        return [self.item(one, column) for one in value]

    def _braces(self, value: Any, column: int) -> str:
        """Say a value in JSON over several lines, its closing brace at `column`."""
        first, last = "{}" if isinstance(value, dict) else "[]"
        inner = column + self.step
        lines = [first, *self._commas(self._entries(value, inner), " " * inner), " " * column + last]
        return self.newline.join(lines)

    def _commas(self, entries: Iterable[str], indent: str) -> list[str]:
        said = [indent + entry + "," for entry in entries]
        return [*said[:-1], said[-1][:-1]]

    def _lines(self, entries: Iterable[str], column: int) -> str:
        return (self.newline + " " * column).join(entries)

    def _escape(self, found: re.Match[str]) -> str:
        code = ord(found[0])
        return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 256 and not self.json else f"\\u{code:04x}")


def _is_plain(text: str, *, flow: bool) -> bool:
    """Return whether a text can stand without quotes and be taken for nothing else."""
    return (
        text != ""
        and text[0] not in _INDICATORS
        and text == text.strip()
        and not _BREAKS_PLAIN.search(text)
        and not FORBIDDEN.search(text)
        and isinstance(core_value(text), str)
        and not _NUMBER_ELSEWHERE.fullmatch(text)
        and not (flow and _BREAKS_FLOW.search(text))
    )


def _wrapped(line: str, width: int) -> Iterable[str]:
    """Cut a line where it has single spaces, as those alone come back when lines are folded."""
    words = _ONE_SPACE.split(line)
    taken = words[0]
    for word in words[1:]:
        if len(taken) + 1 + len(word) > width:
            yield taken
            taken = word
        else:
            taken += " " + word
    yield taken
