"""A text changed where its values change, and nowhere else: comments, order, quotes and wraps stay.

Each difference between what a document says and what it is to say becomes a few edits of its text.
The result is read again before it is handed out. Where the edits of a value turn out to say
something else (YAML has corners), that value is written anew as a whole, then what encloses it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, NamedTuple

from ropa.source.document import Document, Path
from ropa.source.emitting import WIDTH, Hand
from ropa.source.reader import read_text

__all__ = ["rewritten", "written"]

_TRIVIA = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)


def rewritten(document: Document, data: dict[str, Any]) -> str:
    """Return the document's text, changed only where `data` differs from what it says.

    `document` was read without faults. Read again, the text says `data`, in type as well; keys
    that were there keep their order. Raises AssertionError if no text can say it (an integer of
    more than 18 digits, a float beyond 1e±99, half a surrogate pair, whatever else the reader
    refuses), TypeError for a value that is not plain.
    """
    if _same(document.data, data):
        return document.text
    hand = Hand.of(document.text, json=document.file.endswith(".json"))
    flat = replace(hand, folds=False)  # a comment may follow, and become part of a text that is folded
    for rewriting in (_Rewriting(document, hand), _Rewriting(document, flat)):
        text = rewriting.text_for(data)
        if _says(text, document.file, data):
            return text
    calmer = _calmer(document, rewriting.exposed)
    return _written_anew(document, flat, data) if calmer is None else rewritten(calmer, data)


def written(data: dict[str, Any]) -> str:
    """Return a new YAML document that says `data`, in the way people write registers.

    Raises what `rewritten` raises.
    """
    return _checked(Hand().document(data), "new.yaml", data)


def _calmer(document: Document, exposed: list[_Edit]) -> Document | None:
    """Return the document with some block scalars in quotes; None if that changes or helps nothing."""
    if not exposed:
        return None
    calmer, faults = read_text(_edited(document.text, list(dict.fromkeys(exposed))), document.file)
    return None if calmer is None or faults or not _same(calmer.data, document.data) else calmer


def _written_anew(document: Document, hand: Hand, data: dict[str, Any]) -> str:
    """Return a text in which the values that edits do not get right are written as a whole."""
    anew: set[Path] = set()
    while True:
        path = _culprit(document, hand, anew, data)
        while path and path in anew:
            path = path[:-1]
        if path in anew:
            return _checked(hand.document(data), document.file, data)
        anew.add(path)
        text = _Rewriting(document, hand, anew).text_for(data)
        if _says(text, document.file, data):
            return text


def _checked(text: str, file: str, data: Any) -> str:
    if not _says(text, file, data):
        raise AssertionError("no text says this")
    return text


def _same(one: Any, other: Any) -> bool:
    """Return whether two plain values are equal, and equal in type: 1 is neither 1.0 nor true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _says(text: str, file: str, data: Any) -> bool:
    document, faults = read_text(text, file)
    return document is not None and not faults and _same(document.data, data)


def _culprit(document: Document, hand: Hand, anew: set[Path], data: Any) -> Path:
    """Return the smallest value of which the edits, made alone, do not say what they should."""
    path: Path = ()
    old, new = document.data, data
    while True:
        for step in _common(old, new):
            if not _same(old[step], new[step]):
                alone = _put(document.data, (*path, step), new[step])
                if not _says(_Rewriting(document, hand, anew).text_for(alone), document.file, alone):
                    path, old, new = (*path, step), old[step], new[step]
                    break
        else:
            return path


def _common(old: Any, new: Any) -> list[Any]:
    """Return the steps that lead from a container to values that were there and will be."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [key for key in old if key in new]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return list(range(len(old)))
    return []


def _put(value: Any, path: Path, new: Any) -> Any:
    """Return a copy of a value with `new` at `path`."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _put(value[path[0]], path[1:], new)
    return copy


_Edit = tuple[int, int, str]
"""Start, end, and what is to stand there; edits that touch are made in the order in which they came."""


def _edited(text: str, edits: list[_Edit]) -> str:
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[at:start], new]
        at = max(at, end)
    return "".join(parts) + text[at:]


class _Spot(NamedTuple):
    """Where a value stands: behind which colon or dash, and of what."""

    path: Path
    lead: int = -1
    """Offset just behind the colon or dash; -1 where there is none."""
    column: int = 0
    """Of the key or dash."""
    item: bool = False
    flow: bool = False


class _Text:
    """A text, its lines, and where values end in it."""

    def __init__(self, document: Document) -> None:
        self.document, self.all = document, document.text

    def line(self, at: int) -> int:
        """Return where the line begins that `at` stands in."""
        return self.all.rfind("\n", 0, at) + 1

    def column(self, at: int) -> int:
        return at - self.line(at)

    def before(self, at: int) -> int:
        """Return where the line before ends, without its line break; 0 in the first line."""
        line = self.line(at)
        return max(0, line - (2 if self.all[max(0, line - 2) : line] == "\r\n" else 1))

    def tail(self, at: int) -> int:
        """Return where the line ends in which a value ended, without its line break."""
        end = self.all.find("\n", at)
        end = len(self.all) if end < 0 else end
        return end - 1 if end and self.all[end - 1] == "\r" else end

    def skip(self, at: int) -> int:
        """Return where the next thing stands that is not space and not comment."""
        found = _TRIVIA.match(self.all, at)
        return found.end() if found else at

    def skip_space(self, at: int) -> int:
        while self.all[at : at + 1] in (" ", "\t"):
            at += 1
        return at

    def rest_is_trivia(self, at: int) -> bool:
        return _REST_OF_LINE.match(self.all, at) is not None

    def back(self, at: int) -> int:
        """Return where the space begins that ends at `at`, within its line."""
        while at and self.all[at - 1] in " \t":
            at -= 1
        return at

    def opens_line(self, at: int) -> bool:
        at = self.back(at)
        return at == 0 or self.all[at - 1] == "\n"

    def last(self, path: Path, value: Any) -> tuple[Path, Any]:
        """Return the value with which a value ends: in block style, that of its last entry."""
        while isinstance(value, (dict, list)) and value and self.all[self.document.span(path)[0]] not in "[{":
            step = len(value) - 1 if isinstance(value, list) else next(reversed(value))
            path, value = (*path, step), value[step]
        return path, value

    def stop(self, path: Path, value: Any) -> int:
        """Return where a value ends; the line break after a block scalar is outside."""
        path, value = self.last(path, value)
        start, end = self.document.span(path)
        if not self.is_block(path, value):
            return end
        said = self.all[start:end]
        if "+" in said.splitlines()[0].split("#")[0]:  # blank lines at its end are part of it
            return end - len(said) + len(said.removesuffix("\n").removesuffix("\r"))
        space = "\r\n" if value.rstrip("\n")[-1:].isspace() else " \t\r\n"
        return start + len(said.rstrip(space))

    def is_block(self, path: Path, value: Any) -> bool:
        """Return whether a value is written as a block scalar, literal or folded."""
        start, end = self.document.span(path)
        return isinstance(value, str) and start < end and self.all[start] in "|>"


class _Box:
    """A mapping or list that is not empty, and where each of its entries stands."""

    def __init__(self, text: _Text, spot: _Spot, value: Any) -> None:
        self.text, self.path, self.value = text, spot.path, value
        self.start, self.end = text.document.span(spot.path)
        self.bracketed = text.all[self.start] in "[{"
        self.flow = spot.flow or self.bracketed
        self.column = text.column(self.start)
        self.steps: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))

    def __len__(self) -> int:
        return len(self.steps)

    def spot(self, at: int) -> _Spot:
        return _Spot((*self.path, self.steps[at]), self.lead(at), self.column, isinstance(self.value, list), self.flow)

    def start_of(self, at: int) -> int:
        """Return where an entry starts: its key, its dash, or in a flow list its value."""
        path = (*self.path, self.steps[at])
        if isinstance(self.value, dict):
            key = self.text.document.key_span(path)[0]
            asked = self.text.back(key) - 1
            return asked if asked >= 0 and self.text.all[asked] == "?" else key
        if self.flow:
            return self.text.document.span(path)[0]
        return self.start if at == 0 else self.text.skip(self.stop(at - 1))

    def lead(self, at: int) -> int:
        """Return the offset just behind the colon or dash of an entry; -1 where there is none."""
        if isinstance(self.value, list):
            return -1 if self.flow else self.start_of(at) + 1
        key = self.text.document.key_span((*self.path, self.steps[at]))[0]
        quoted = _QUOTED.match(self.text.all, key)
        colon = self.text.skip(quoted.end() if quoted else key + len(self.steps[at]))
        return colon + 1 if self.text.all[colon : colon + 1] == ":" else -1

    def stop(self, at: int) -> int:
        step = self.steps[at]
        return self.text.stop((*self.path, step), self.value[step])

    def comma(self, at: int) -> int:
        """Return where the comma after an entry of a flow container stands; -1 where there is none."""
        comma = self.text.skip(self.stop(at))
        return comma if self.text.all[comma : comma + 1] == "," else -1

    @cached_property
    def stacked(self) -> bool:
        """Return whether each entry begins a line of its own."""
        return all(self.text.opens_line(self.start_of(at)) for at in range(len(self)))


class _Rewriting:
    """The edits that make a document's text say something else."""

    def __init__(self, document: Document, hand: Hand, anew: Collection[Path] = ()) -> None:
        """`anew`: paths of the values that are written as a whole, whatever changes in them."""
        self.document, self.hand, self.anew = document, hand, anew
        self.text = _Text(document)
        self.edits: list[_Edit] = []
        self.exposed: list[_Edit] = []
        """Edits that put block scalars in quotes which would swallow what now comes after them."""

    def text_for(self, data: Any) -> str:
        """Return the text that says `data`."""
        self._root(self.document.data, data)
        return _edited(self.document.text, self.edits)

    def _edit(self, start: int, end: int, new: str = "") -> None:
        self.edits.append((start, end, new))

    def _root(self, old: Any, new: Any) -> None:
        if isinstance(old, dict) and old and isinstance(new, dict) and () not in self.anew:
            self._change(_Spot(()), old, new)
            return
        said = self.hand.nested(new, 0) if new else "{}"
        start, end = self.document.extent
        if start == end:  # nothing but comments
            end = len(self.text.all)
            apart = "" if self.text.all[-1:] in ("", "\n") else self.hand.newline
            self._edit(end, end, apart + said + self.hand.newline)
        else:
            self._edit(start, self.text.stop((), old), said)

    def _change(self, spot: _Spot, old: Any, new: Any) -> None:
        """Make the value at a spot say `new`."""
        if _same(old, new):
            return
        known = old and type(old) is type(new) and isinstance(old, (dict, list)) and spot.path not in self.anew
        if not known:
            self._replace(spot, old, new)
            return
        box = _Box(self.text, spot, old)
        if not new:
            self._empty(spot, box)
        elif isinstance(old, list):
            self._change_list(box, old, new)
        elif box.flow and not box.bracketed and old.keys() != new.keys():  # the `a: b` of `[a: b]`
            self._replace(spot, old, new)
        else:
            self._change_mapping(box, old, new)

    def _change_mapping(self, box: _Box, old: dict[str, Any], new: dict[str, Any]) -> None:
        gone = set()
        for at, key in enumerate(old):
            if key not in new:
                gone.add(at)
            elif not _same(old[key], new[key]):
                self._change(box.spot(at), old[key], new[key])
        added = [self._entry(box, key, value) for key, value in new.items() if key not in old]
        last = first = len(old) - 1
        if added and last in gone:
            while first - 1 in gone:
                first -= 1
            gone.remove(first)
            self._swap(box, first, added)
        elif added:
            self._insert(box, last, added)
        self._remove(box, gone)

    def _entry(self, box: _Box, key: str, value: Any) -> str:
        if box.flow and not (self.hand.json and box.stacked):
            return f"{self.hand.scalar(key, flow=True)}: {self.hand.flow(value)}"
        return self.hand.entry(key, value, self.text.column(box.start_of(0)))

    def _item(self, box: _Box, value: Any) -> str:
        if box.flow and not (self.hand.json and box.stacked):
            return self.hand.flow(value)
        return self.hand.item(value, self.text.column(box.start_of(0)))

    def _change_list(self, box: _Box, old: list[Any], new: list[Any]) -> None:
        marks, new_marks = ([json.dumps(one, sort_keys=True) for one in side] for side in (old, new))
        gone: set[int] = set()
        for kind, i, i_end, j, j_end in SequenceMatcher(None, marks, new_marks).get_opcodes():
            if kind == "equal":
                continue
            both = min(i_end - i, j_end - j)
            for at in range(both):
                self._change(box.spot(i + at), old[i + at], new[j + at])
            gone.update(range(i + both, i_end))
            added = [self._item(box, value) for value in new[j + both : j_end]]
            if added:
                self._insert(box, i + both - 1, added)
        self._remove(box, gone)

    def _insert(self, box: _Box, after: int, added: list[str]) -> None:
        """Put entries after one that stays; -1 puts them before all others."""
        if box.flow:
            self._insert_flow(box, after, added)
            return
        between = self.hand.newline + " " * box.column
        self._expose(box, after)
        if after >= 0:
            at = self.text.tail(box.stop(after))
            self._edit(at, at, "".join(between + one for one in added))
        elif self.text.opens_line(box.start):
            at = self.text.before(box.start)
            while at and self.text.all[self.text.line(at) : at].lstrip().startswith("#"):
                at = self.text.before(at)  # a comment belongs to what stands below it
            self._edit(at, at, "".join(between + one for one in added))
        else:
            self._edit(box.start, box.start, "".join(one + between for one in added))

    def _insert_flow(self, box: _Box, after: int, added: list[str]) -> None:
        first = box.start_of(max(after, 0))
        stacked = box.stacked
        between = self.hand.newline + self.text.all[self.text.line(first) : first] if stacked else " "
        if after < 0:
            self._edit(first, first, "".join(f"{one},{between}" for one in added))
            return
        stop, comma = box.stop(after), box.comma(after)
        behind = comma + 1 if comma >= 0 else stop
        if not stacked:
            self._edit(stop, stop, self._wrapped(box, stop, added))
        elif self.text.rest_is_trivia(behind):
            at = self.text.tail(behind)
            if comma < 0:
                self._edit(stop, stop, ",")
            self._edit(at, at, ",".join(between + one for one in added) + ("," if comma >= 0 else ""))
        else:
            self._edit(stop, stop, "".join("," + between + one for one in added))

    def _wrapped(self, box: _Box, stop: int, added: list[str]) -> str:
        """Say what comes after an entry of a flow container, on new lines where this one is full."""
        line = self.text.line(stop)
        indent = box.column + 1
        if line > box.start:
            rest = self.text.all[line:stop]
            indent = len(rest) - len(rest.lstrip())
        used, said = stop - line, ""
        for one in added:
            full = used + len(one) + 3 > WIDTH >= indent + len(one) + 1
            said += "," + (self.hand.newline + " " * indent if full else " ") + one
            used = (indent if full else used + 2) + len(one)
        return said

    def _swap(self, box: _Box, at: int, added: list[str]) -> None:
        """Put entries in the place of one."""
        start, stop = box.start_of(at), box.stop(at)
        if not box.flow:
            between = self.hand.newline + " " * box.column
            self._edit(start, self.text.tail(stop), between.join(added))
        else:
            first = self.text.all[self.text.line(start) : start]
            between = self.hand.newline + first if box.stacked else " "
            self._edit(start, stop, ("," + between).join(added))

    def _empty(self, spot: _Spot, box: _Box) -> None:
        """Leave nothing of a container but its brackets, and the comments that stand by themselves."""
        mark = "{}" if isinstance(box.value, dict) else "[]"
        everything = set(range(len(box)))
        if box.bracketed:
            if "#" not in self.text.all[box.start : box.end]:
                self._edit(box.start, box.end, mark)
            else:
                self._remove(box, everything)
        elif box.flow:
            self._replace(spot, box.value, type(box.value)())
        elif spot.lead >= 0 and "\n" in self.text.all[spot.lead : box.start]:
            self._edit(spot.lead, spot.lead, " " + mark)
            self._remove(box, everything)
        else:
            self._swap(box, 0, [mark])
            self._remove(box, everything - {0})

    def _remove(self, box: _Box, gone: set[int]) -> None:
        if not gone:
            return
        if box.flow:
            self._remove_flow(box, gone)
            return
        if 0 in gone and not self.text.opens_line(box.start):
            gone = gone - self._remove_first(box, gone)
        for at in gone:
            if at - 1 not in gone:
                self._expose(box, at - 1)
            self._remove_lines(box.start_of(at), box.stop(at))

    def _expose(self, box: _Box, at: int) -> None:
        """Remember the block scalar with which an entry ends, if it ends with one."""
        if at >= 0:
            path, value = self.text.last((*box.path, box.steps[at]), box.value[box.steps[at]])
            if self.text.is_block(path, value):
                start = self.document.span(path)[0]
                self.exposed.append((start, self.text.stop(path, value), self.hand.double(value)))

    def _remove_lines(self, start: int, stop: int) -> None:
        """Take out the lines of a value, with the line break before them: a last line may have none after."""
        end = self.text.tail(stop)
        if self.text.line(start):
            self._edit(self.text.before(start), end)
        else:
            self._edit(0, self.text.all.find("\n", end) + 1 or end)

    def _remove_first(self, box: _Box, gone: set[int]) -> set[int]:
        """Take out the entry that shares its line with a dash; return which ones that did."""
        stays = min(set(range(len(box))) - gone)
        following = box.start_of(stays)
        if all(not self.text.all[self.text.tail(box.stop(at)) : box.start_of(at + 1)].strip() for at in range(stays)):
            self._edit(box.start, following)
            return set(range(stays))
        self._edit(self.text.back(box.start), self.text.tail(box.stop(0)))
        return {0}

    def _remove_flow(self, box: _Box, gone: set[int]) -> None:
        for at in sorted(gone):
            start, stop, comma = box.start_of(at), box.stop(at), box.comma(at)
            behind = comma + 1 if comma >= 0 else stop
            line = self.text.line(start)
            if self.text.opens_line(start) and self.text.rest_is_trivia(behind) and line > box.start:
                self._remove_lines(start, behind)
            elif comma < 0 or self.text.rest_is_trivia(behind):
                self._edit(self._gap(box, at), behind)
            else:
                self._edit(start, self.text.skip_space(behind))
        last = len(box) - 1
        stays = max(set(range(last)) - gone, default=-1)
        if last in gone and box.comma(last) < 0 and stays >= 0:
            self._edit(box.comma(stays), box.comma(stays) + 1)

    def _gap(self, box: _Box, at: int) -> int:
        """Return where the space before an entry of a flow container begins."""
        start = box.start_of(at)
        before = box.comma(at - 1) + 1 if at else box.start + 1
        if "#" in self.text.all[before:start]:
            before = max(before, self.text.line(start))
        return before

    def _replace(self, spot: _Spot, old: Any, new: Any) -> None:
        """Write the value at a spot as a whole."""
        start, stop = self.document.span(spot.path)[0], self.text.stop(spot.path, old)
        if type(new) is type(old) and old in ({}, []) and "#" in self.text.all[start:stop]:
            self._edit(start + 1, start + 1, self.hand.flow(new)[1:-1])
            return
        below = spot.lead >= 0 and "\n" in self.text.all[spot.lead : start]
        nested = below and isinstance(old, (dict, list)) and self.text.all[start] not in "[{"
        if isinstance(new, (dict, list)):
            said = self._container(spot, new, spot.lead + 1 if nested or start == stop else start)
            if said is None:
                self._replace_nested(spot, start, stop, new, below=below)
                return
        else:
            alike = isinstance(old, str) and spot.path not in self.anew
            said = self.hand.like(self.text.all[start:stop] if alike else "", new, flow=spot.flow)
        if start == stop and spot.lead < 0:  # a key without a colon, as in `{a, b}`
            self._edit(start, start, ": " + said)
        elif start == stop:
            self._edit(spot.lead, spot.lead, " " + said)
        elif nested:
            self._edit(spot.lead, spot.lead, " " + said)
            self._remove_lines(start, stop)
        else:
            self._edit(start, stop, said)

    def _container(self, spot: _Spot, new: Any, at: int) -> str | None:
        """Say a mapping or list in the line in which `at` stands; None if it needs lines of its own."""
        column = self.text.column(at)
        if self.hand.json:
            line = self.text.all[self.text.line(at) : at]
            return self.hand.brief(new, column) or self.hand.nested(new, len(line) - len(line.lstrip()))
        return self.hand.flow(new) if spot.flow else self.hand.brief(new, column)

    def _replace_nested(self, spot: _Spot, start: int, stop: int, new: Any, *, below: bool) -> None:
        """Write a value in lines of its own."""
        if spot.item and start == stop:
            self._edit(spot.lead, spot.lead, " " + self.hand.nested(new, spot.column + 2))
        elif spot.item:
            self._edit(start, stop, self.hand.nested(new, self.text.column(start)))
        else:
            column = spot.column + (self.hand.dash if isinstance(new, list) else self.hand.step)
            said = " " * column + self.hand.nested(new, column)
            if below:
                self._edit(self.text.line(start), stop, said)
                return
            end = self.text.tail(stop)
            self._edit(spot.lead, end if not self.text.all[stop:end].strip() else stop)
            self._edit(end, end, self.hand.newline + said)
