"""Promises on reading: whatever comes in, a register or problems come out, and every place is true."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ropa
from ropa.loading import load_files
from ropa.source import Document, read_text

pytestmark = pytest.mark.property

SENSUS = Path(__file__).parents[2] / "registers" / "sensus"
GOOD = (SENSUS / "parties.yaml").read_bytes()

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    max_size=12,
).filter(lambda text: not any(0x202A <= ord(one) <= 0x202E or 0x2066 <= ord(one) <= 0x2069 for one in text))
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), words)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


def load_bytes(content: bytes) -> ropa.Loaded:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "register.yaml").write_bytes(content)
        return ropa.load(folder)


def places_are_true(loaded: ropa.Loaded, content: bytes) -> None:
    lines = content.count(b"\n") + 1
    assert (loaded.register is None) == bool(loaded.problems)
    for one in loaded.problems:
        assert one.message
        assert one.fix
        assert 1 <= one.place.line <= lines
        assert one.place.column >= 1


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """Any bytes: load returns a register or problems; never another exception."""
    places_are_true(load_bytes(content), content)


@given(st.data())
def test_a_good_file_with_bytes_flipped(data: st.DataObject) -> None:
    """Every problem has file, line and column inside the file."""
    at = data.draw(st.integers(0, len(GOOD) - 1))
    content = GOOD[:at] + data.draw(st.binary(max_size=3)) + GOOD[at + data.draw(st.integers(0, 2)) :]
    places_are_true(load_bytes(content), content)


@given(trees)
def test_any_tree_as_a_register(tree: Any) -> None:
    """Arbitrary YAML trees: a register or problems, never anything else."""
    content = yaml.safe_dump({"ropa": 1, "activities": tree}, allow_unicode=True).encode()
    places_are_true(load_bytes(content), content)


OWN = b"ropa: 1\nextension_schemas: {data: own.schema.json}\ndata: {a: {name: A, extensions: {cost: 3}}}\n"
file_names = st.sampled_from([
    "register.yaml", "a.yml", "b.JSON", "sub/a.yaml", "sub/deeper/b.yaml", ".hidden/a.yaml", "sub/.b.yaml", "own.schema.json", "expected.json",
    "notes.txt", "sub-a.yaml", "Sub/a.yaml", "é.yaml", "/".join("d" * 33) + "/a.yaml", "/".join("d" * 34) + "/a.txt",
])  # fmt: skip
contents = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [GOOD, OWN, b"{", b'{"type": "object"}', b'{"properties": {"cost": {"type": "string"}}}', b"", b"\xff\xfea\0"]
    ),
    trees.map(lambda tree: yaml.safe_dump({"ropa": 1, "activities": tree}, allow_unicode=True).encode()),
    st.integers(0, len(GOOD) - 1).map(lambda at: GOOD[:at] + b": [" + GOOD[at:]),
)


@given(st.dictionaries(file_names, contents, max_size=5))
def test_a_register_in_memory_is_the_register_on_disk(files: dict[str, bytes]) -> None:
    """The same files give the same register and the same faults, wherever they lie."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        on_disk, in_memory = ropa.load(folder), load_files(folder, files)
    assert (in_memory.path, in_memory.register, in_memory.problems) == (
        on_disk.path,
        on_disk.register,
        on_disk.problems,
    )
    texts = [[(document.file, document.text) for document in one.sources.documents] for one in (in_memory, on_disk)]
    assert texts[0] == texts[1]


def every_path(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in below for found in every_path(each, (*path, key)))]


def at(document: Document, path: tuple[str | int, ...]) -> Any:
    value = document.data
    for step in path:
        value = value[step]
    return value


@given(st.dictionaries(words, trees, max_size=4), st.sampled_from([True, False, None]))
def test_the_text_at_a_span_parses_back_to_the_value(tree: dict[str, Any], flow: bool | None) -> None:
    """For every value of a loaded document the text at its span parses back to that value."""
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=60)
    document, faults = read_text(text, "x.yaml")
    if document is None or faults:  # what YAML 1.1 writes and a register refuses: `? key`, tags
        return
    for path in every_path(document.data):
        start, end = document.span(path)
        column = document.at(start).column - 1
        again, _ = read_text(" " * column + text[start:end], "again.yaml")
        assert (again.data if again else None) == at(document, path)


@given(st.permutations(["data", "parties", "activities", "transfers"]))
def test_order_of_sections_changes_no_finding(order: list[str]) -> None:
    """The order of files and of keys changes no finding."""
    files = {name: (SENSUS / f"{name}.yaml").read_text(encoding="utf-8") for name in order}
    rest = "".join((SENSUS / f"{name}.yaml").read_text(encoding="utf-8") for name in ("register", "measures"))
    loaded = ropa.load_text(rest + "\n".join(files.values()))
    report = ropa.check(loaded, on=ropa.Law.load().verified_through)
    found = sorted((one.rule, one.path) for one in report.findings)
    usual = ropa.check(ropa.load(SENSUS), on=ropa.Law.load().verified_through)
    assert found == sorted((one.rule, one.path) for one in usual.findings)
