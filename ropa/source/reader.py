"""The strict reader: YAML (and so JSON) text to plain values with positions.

It pulls *events* from libyaml and builds the values itself. That keeps memory flat (no tree of
nodes), stops at a depth long before the C stack would, and leaves no room for YAML's traps: scalars
follow the YAML 1.2 core schema only (`NO` is text, `12:30` is text), and duplicate keys, tags,
anchors, aliases, merge keys and second documents are faults with a place.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Any

import yaml
from yaml._yaml import CParser

from ropa.source.document import Document
from ropa.source.fault import Fault
from ropa.source.visible import FORBIDDEN, name_of

__all__ = ["MAX_DEPTH", "MAX_NODES", "MAX_SCALAR", "read_text"]

MAX_DEPTH = 32
"""Containers inside containers; a register needs about eight."""
MAX_NODES = 8_000_000
"""Values in one file."""
MAX_SCALAR = 100_000
"""Characters in one value."""

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,2})?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MERGE = "<<"


def core_value(text: str) -> Any:
    """Return what a plain scalar means in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "+-.0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def read_text(text: str, file: str) -> tuple[Document | None, list[Fault]]:
    """Read one YAML or JSON document.

    Returns the document, or None if its syntax is broken, and every fault found. A document with
    faults is returned all the same, so that later checks can name theirs in the same run.
    """
    return _Reader(text, file).read()


class _Stop(Exception):  # noqa: N818 - it stops the reading, and the fault is reported already
    """The rest of the file cannot be read."""


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Fault] = []
        self.marks = array("I")
        self.where = Document(file, text, None, self.marks, 0)

    def read(self) -> tuple[Document | None, list[Fault]]:
        self._refuse_characters()
        if self.faults:
            return None, self.faults
        try:
            data, root, extent = self._build()
        except _Stop:
            return None, self.faults
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return None, self.faults
        except yaml.YAMLError as error:
            self._fault("SRC02", 0, says="broken", problem=str(error).splitlines()[0])
            return None, self.faults
        return Document(self.file, self.text, data, self.marks, root, extent), self.faults

    def _build(self) -> tuple[Any, int, tuple[int, int]]:
        """Turn the parser's events into values; see `Document` for the array of places.

        The one long function of this module: it runs once for each value of a register, and each
        call saved is a tenth of the time that reading takes.
        """
        pull: Callable[[], Any] = CParser(self.text).get_event
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        marks, words = self.marks, dict[str, Any](_WORDS)
        stack: list[tuple[Any, list[int], str | None, int, int, bool, dict[str, int] | None]] = []
        container: Any = None  # the container that is open: a dict, a list, or None at the top
        blocks: list[int] = []  # its entries, as they will stand in the array
        key: str | None = None  # the key that waits for its value
        key_at = start = nodes = 0
        flow = False
        starts: dict[str, int] | None = None  # where each key of an open mapping stands
        result: tuple[Any, int, tuple[int, int]] = (None, 0, (0, 0))
        pull()
        if isinstance(pull(), yaml.StreamEndEvent):
            return result
        while True:
            event = pull()
            kind = type(event)
            if kind is scalar:
                text = event.value
                begin, end, block = event.start_mark.index, event.end_mark.index, 0
                if event.anchor is not None or event.tag is not None:
                    self._trap(event, begin)
                if key is None and starts is not None:  # it is a key itself
                    if len(text) > 256:
                        self._fault("SRC03", begin, says="size", limit=256)
                        raise _Stop
                    if text == _MERGE and event.implicit[0]:
                        self._fault("SRC03", begin, says="merge")
                    key, key_at = text, begin
                    continue
                if event.implicit[0]:
                    try:
                        value = words[text]
                    except KeyError:
                        value = words[text] = core_value(text)
                else:
                    value = text
                if end - begin > MAX_SCALAR:
                    self._fault("SRC03", begin, says="size", limit=MAX_SCALAR)
            elif kind is mapping or kind is sequence:
                if event.anchor is not None or event.tag is not None:
                    self._trap(event, event.start_mark.index)
                if key is None and starts is not None:
                    self._fault("SRC03", event.start_mark.index, says="key")
                    raise _Stop
                if len(stack) >= MAX_DEPTH:
                    self._fault("SRC03", event.start_mark.index, says="depth", limit=MAX_DEPTH)
                    raise _Stop
                stack.append((container, blocks, key, key_at, start, flow, starts))
                start, flow, key, blocks = event.start_mark.index, event.flow_style, None, []
                container, starts = ({}, {}) if kind is mapping else ([], None)
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value, begin, block = container, start, len(marks)
                # A block collection ends where its last entry does, not at the next token.
                end = event.end_mark.index if flow or not blocks else blocks[-2]
                marks.extend(blocks)
                container, blocks, key, key_at, start, flow, starts = stack.pop()
            elif kind is yaml.AliasEvent:
                self._fault("SRC03", event.start_mark.index, says="alias")
                raise _Stop  # what it stands for is not read, and would look like a gap
            elif kind is yaml.DocumentEndEvent:
                after = pull()
                if not isinstance(after, yaml.StreamEndEvent):
                    self._fault("SRC03", after.start_mark.index, says="documents")
                return result
            nodes += 1
            if nodes > MAX_NODES:
                self._fault("SRC03", begin, says="size", limit=MAX_NODES)
                raise _Stop
            if starts is not None:
                assert key is not None
                if key in container:
                    self._twice(key, key_at, starts[key])
                else:
                    container[key], starts[key] = value, key_at
                    blocks += (key_at, begin, end, block)
                key = None
            elif container is not None:
                container.append(value)
                blocks += (begin, begin, end, block)
            else:
                result = value, block, (begin, end)

    def _refuse_characters(self) -> None:
        for found in FORBIDDEN.finditer(self.text):
            self._fault("SRC01", found.start(), says="character", character=name_of(found[0]))
            if len(self.faults) == 20:  # a binary file has thousands, and one sentence says it
                break

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        at = min(mark.index if mark else 0, len(self.text))
        problem = error.problem or "not YAML"
        if self.text[at : at + 1] == "\t" or "\t" in self.text[self.text.rfind("\n", 0, at) + 1 : at]:
            at = self.text.find("\t", self.text.rfind("\n", 0, at) + 1)
            self._fault("SRC02", at, says="tab")
        elif self.file.endswith(".json") and "Unicode" in problem:
            self._fault("SRC02", at, says="surrogate")
        else:
            self._fault("SRC02", at, says="broken", problem=problem)

    def _trap(self, event: Any, at: int) -> None:
        self._fault("SRC03", at, says="tag" if event.tag is not None else "anchor")

    def _twice(self, key: str, at: int, first: int) -> None:
        place = self.where.at(first, first + len(key))
        self._fault("SRC04", at, says="file", length=len(key), related=(place,), key=key, line=place.line)

    def _fault(
        self, rule: str, at: int, *, says: str, length: int = 0, related: tuple[Any, ...] = (), **facts: str | int
    ) -> None:
        at = min(at, len(self.text))
        self.faults.append(Fault(rule, self.where.at(at, at + length), says, dict(facts), related=related))
