"""Promises on rewriting: the text says what it is told to say, and the rest of it stays."""

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.source import Document, read_text
from ropa.source.rewriting import rewritten, written

pytestmark = pytest.mark.property

REGISTERS = sorted((Path(__file__).parents[2] / "registers").rglob("*.yaml"))

SNIPPETS = [
    "{key}: 1 # at the end\n",
    "{key}:\n  # above\n  name: Payroll # beside\n\n  country: NO\n  # below\n",
    "{key}: 'it''s single' # quoted\n",
    '"{key}": "tab\\tand\\u00e9 \\"said\\""   # spaced\n',
    "{key}: # before\n  - one # first\n  # about two\n  - two\n\n  - {{a: 1, b: [x, y]}}\n  # after\n",
    "{key}:\n- unindented\n-   wide: 1\n    deep:\n      er: yes\n- - nested\n  - list # tail\n",
    "{key}: [a, b,\n      c, 'd e', \"f\"] # wrapped\n",
    "{key}: {{nl: een, en: one, empty: , list: [], map: {{}}}}\n",
    "{key}: {{\n  # inside\n  a: 1, # one\n  b: 2,\n  # more inside\n  c: 3\n  }} # closed\n",
    "{key}: [\n    x, # ex\n    # why\n    y,\n  ]\n",
    '{key}: {{"json": "like", "pair":1}}\n',
    "{key}: [single: pair, {{two: 2}}, 12:30]\n",
    "{key}: |\n  literal\n    deeper # no comment\n\n  end\n# less\n",
    "{key}: >- # folded\n    some words that\n    are folded\n\n    twice\n\n",
    "{key}: |+\n  kept\n\n\n",
    "{key}:\n  inner: |-\n    stripped\n  next: >\n    one\n    two\n",
    "{key}: plain over\n  two lines # end\n",
    '{key}: "double over\n\n  lines"\n',
    "{key}:\n  below\n",
    "{key}: # nothing\n",
    "{key}:\n  a:\n  b: ~ # null\n  c: null\n",
    "{key}: 2020-07-16\n",
    "{key}: 0x1F\n",
    "{key}:\n    four:\n        spaces: 1\n        too:\n        - listed\n",
    "{key}:\n  - a: 1 # one\n    # between\n    b: 2\n  -\n    c: 3\n  -\n  - d:\n",
    "'{key} quoted':\n  'a b': {{'c d': 1}}\n",
    "? {key}\n: asked\n",
    "{key}:\n  [a,\n   b] # later\n",
    "{key}: {{a:\n  [x], b:\n  {{}}, c:\n  y }}\n",
    "{key}:\n  {{}} # later\n",
    "{key}:\n  - 'x'\n\n  - |\n    text\n  - >\n    more\n\n  # after\n",
    "{key}: {{? a : b, ? c, d}}\n",
    "{key}: [? a : b, c]\n",
    "{key}: [[a, [b]], [], {{}}, [{{c: d}}, e] ] # nested\n",
    "{key}:\n  a: 1\n    # deeper\n  b: |\n    text\n      # more text\n    # deep\n  # less\n  c: 3\n",
    "{key}   :   aligned   # far\n",
    "{key}: '' #\n",
    "{key}: [\n  ] # empty\n",
    "{key}: {{ # empty\n  }}\n",
    '{key}: {{"a": {{"b": [1,\n  2]\n  }},\n  "c": "d"}}\n',
    '{key}: ["a",\n  "b", # bee\n  "c" # see\n  ]\n',
    "{key}: a&b*c!d|e>f%g@h`i#j\n",
    "{key}: +31 88 000 # number\n",
    "{key}: 12:30\n\n# a paragraph\n# of comments\n\n",
]
NASTY = [
    *("", " ", "yes", "NO", "null", "~", "true", "0012", "12", "-0", "1e5", "1_000", "0x1F", ".inf", "12:30", "- a"),
    *("a: b", "a #b", "#", "'", '"', "\\", "{", "]", ",", "a, b", "[x]", "@", "`", "%", "!", "&", "*", "?", "? a", ":"),
    *("a:", "---", "...", "<<", "=", "2020-07-16", "1.", "+1", "a\nb", "a\n", "\n", "a\n\n", " a", "a ", "\ta", "a\tb"),
    *(
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x7f",
        "a\r\nb",
        "\r",
        "😀",
        "\u202e",
        "é",
        "9" * 19,
        "word " * 40,
        "x" * 140,
    ),
    *(
        "  \n  a",
        "a\n  b\nc",
        "a\n \nb",
        "a\n\nb\n",
        "# no",
        "it's",
        '"said"',
        "a\u00a0b",
        "6(1)(b)",
        "https://x.example/",
    ),
]

words = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=12)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(-1e99, 1e99).filter(lambda one: one == 0 or abs(one) > 1e-99),
    words,
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=10
)
mappings = st.dictionaries(words, trees, max_size=5)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document: snippets one after the other, or what `written` makes of a tree; both with comments numbered."""
    if draw(st.integers(0, 4)) == 0:
        text = written(draw(mappings))
    else:
        chosen = draw(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=5))
        text = "".join(one.format(key=f"k{at}") for at, one in enumerate(chosen))
        text = draw(st.sampled_from(["", "# head\n\n", "---\n"])) + text
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\r\n")
    return read(text)


def read(text: str, file: str = "x.yaml") -> Document:
    document, faults = read_text(text, file)
    assert document is not None, text
    assert not faults, text
    return document


def exact(value: Any) -> Any:
    """Return a value that equals another only if both are of the same types throughout."""
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    return [exact(one) for one in value] if isinstance(value, list) else (type(value), value)


def containers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, (dict, list)):
        yield path, value
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from containers(one, (*path, step))


def edit(data: Any, choose: random.Random, values: list[Any]) -> tuple[tuple[Any, ...], str]:
    """Change something somewhere in `data`; return where, and what was done."""
    path, box = choose.choice(list(containers(data)))
    value = copy.deepcopy(choose.choice(values))
    steps = list(box) if isinstance(box, dict) else list(range(len(box)))
    kind = choose.choice(["set", "remove", "insert", "set"]) if steps else "insert"
    if kind == "insert":
        if isinstance(box, dict):
            key = choose.choice(["new", *NASTY])
            kind, path = ("set" if key in box else "insert"), (*path, key)
            box[key] = value
            return path, kind
        at = choose.randint(0, len(box))
        box.insert(at, value)
        return (*path, at), kind
    step = choose.choice(steps)
    if kind == "set":
        box[step] = value
    else:
        del box[step]
    return (*path, step), kind


def touched(document: Document, path: tuple[Any, ...], kind: str) -> set[int]:
    """Return the lines (from 0) that an edit may change or take out; all others must stay."""
    for depth in range(len(path)):  # a flow container may wrap anew
        start, end = document.span(path[:depth])
        if depth and document.text[start : start + 1] in ("[", "{"):
            return lines(document, document.key_span(path[:depth])[0], end)
    above = value_at(document, path[:-1])
    if kind == "insert" and above:  # before an item that shares its line with a dash
        return lines(document, document.span(path[:-1])[0]) if isinstance(above, list) and path[-1] == 0 else set()
    whole = path[:-1] if kind == "insert" or (kind == "remove" and len(above) == 1) else path
    if not whole:
        return lines(document, 0) if document.extent[0] == document.extent[1] else lines(document, *document.extent)
    start, end = document.span(whole)
    opens = document.key_span(whole)[0] if isinstance(whole[-1], str) else document.text.rfind("-", 0, start + 1)
    found = lines(document, opens, end) if kind == "remove" else lines(document, opens) | lines(document, start, end)
    steps = list(above) if isinstance(above, dict) else list(range(len(above)))
    if kind == "remove" and path[-1] == steps[0] and len(steps) > 1:  # the next one may come to stand behind the dash
        following = document.key_span((*path[:-1], steps[1]))[0]
        at = following if isinstance(above, dict) else document.text.rfind("-", 0, following + 1)
        blank = {at for at, line in enumerate(document.text.splitlines()) if not line.strip()}
        found |= lines(document, at) | (lines(document, end, at + 1) & blank)
    return found


def lines(document: Document, start: int, end: int | None = None) -> set[int]:
    """Return the lines of a stretch of text, without the space at its end."""
    end = start if end is None else start + len(document.text[start:end].rstrip())
    return set(range(document.text.count("\n", 0, start), document.text.count("\n", 0, max(start, end)) + 1))


def value_at(document: Document, path: tuple[Any, ...]) -> Any:
    value = document.data
    for step in path:
        value = value[step]
    return value


def block_scalars(document: Document) -> set[int]:
    """Return the lines of literal and folded texts: what comes after them may put them in quotes."""
    spans = [
        document.span((*path, step))
        for path, box in containers(document.data)
        for step in (box if isinstance(box, dict) else range(len(box)))
    ]
    count = document.text.count
    return {
        line
        for start, end in spans
        if document.text[start : start + 1] in ("|", ">")
        for line in range(count("\n", 0, start), count("\n", 0, end) + (document.text[end - 1] != "\n"))
    }


def untouched(document: Document, gone: set[int]) -> list[str]:
    kept = [line for at, line in enumerate(document.text.splitlines()) if at not in gone]
    while kept and not kept[-1]:  # a blank line at the end of a text without a final line break is none
        kept.pop()
    return kept


def missing(kept: list[str], text: str) -> list[str]:
    """Return the first of the lines that are not in the text, in their order."""
    rest = iter(text.splitlines())
    return next(([line] for line in kept if line not in rest), [])


@given(documents())
def test_nothing_changes_if_nothing_changes(document: Document) -> None:
    """`rewritten(document, document.data) == document.text`, byte for byte."""
    assert rewritten(document, copy.deepcopy(document.data)) == document.text


@given(mappings)
def test_what_is_written_says_it(data: dict[str, Any]) -> None:
    """`written(data)` is read without faults, as `data`."""
    assert exact(read(written(data)).data) == exact(data)


@given(documents(), st.lists(trees, min_size=1, max_size=4), st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_text_says_the_new_data(document: Document, values: list[Any], choose: random.Random, times: int) -> None:
    """Whatever is set, removed or inserted: the text says it, and old keys keep their order."""
    data = copy.deepcopy(document.data)
    for _ in range(times):
        edit(data, choose, values)
    again = read(rewritten(document, data)).data
    assert exact(again) == exact(data)
    assert [key for key in again if key in document.data] == [key for key in document.data if key in data]


@given(mappings, mappings)
def test_from_anything_to_anything(old: dict[str, Any], new: dict[str, Any]) -> None:
    """A text made of one tree can be made to say another, as YAML."""
    assert exact(read(rewritten(read(written(old)), new)).data) == exact(new)


@given(documents(), trees, st.randoms(use_true_random=False))
def test_lines_without_a_changed_value_stay(document: Document, value: Any, choose: random.Random) -> None:
    """Lines that hold nothing of what changed survive, in their order; so do comments that stand among them."""
    data = copy.deepcopy(document.data)
    path, kind = edit(data, choose, [value])
    kept = untouched(document, touched(document, path, kind) | block_scalars(document))
    text = rewritten(document, data)
    assert missing(kept, text) == []
    assert text.endswith("\n") or not document.text.endswith("\n")


@pytest.mark.parametrize("file", REGISTERS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_registers_change_only_where_they_are_changed(file: Path) -> None:
    """For every file of the example registers: identity, and single edits that touch no other line."""
    text = file.read_text(encoding="utf-8")
    document = read(text)
    assert rewritten(document, copy.deepcopy(document.data)) == text
    choose = random.Random(file.name)  # noqa: S311 - the same edits each time
    for _ in range(40):
        data = copy.deepcopy(document.data)
        path, kind = edit(data, choose, ["new", "a: b, c", None, 12, "12", ["x", "y"], {"k": "v"}, {"k": {"l": ["m"]}}])
        changed = rewritten(document, data)
        again = read(changed)
        assert exact(again.data) == exact(data)
        assert missing(untouched(document, touched(document, path, kind)), changed) == []
        old = value_at(document, path) if kind == "set" else []
        start, end = document.span(path) if kind == "set" else (0, 0)
        if not isinstance(old, (list, dict)) and not isinstance(value_at(again, path), (list, dict)):
            assert changed == text[:start] + changed[start : len(changed) - len(text) + end] + text[end:]
            assert "\n" in text[start:end] or "\n" not in changed[start : len(changed) - len(text) + end]
