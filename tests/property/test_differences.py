"""Properties of the difference: it is about what a register says (Art. 30), not about how the text says it."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_there_and_back import loaded_of, registers

import ropa
from ropa.changes import DIFFERENCE_FORMATS, Difference, difference, render_difference
from ropa.languages import LANGUAGES
from ropa.source.rewriting import written

pytestmark = pytest.mark.property
check = partial(ropa.check, on=date(2026, 10, 7))
OPPOSITE = {"added": "removed", "removed": "added"}


def compared(base: ropa.Loaded, head: ropa.Loaded) -> Difference:
    found = difference(base, head, check)
    assert found is not None
    return found


def loaded(register: dict[str, Any]) -> ropa.Loaded:
    with tempfile.TemporaryDirectory() as folder:
        return loaded_of(folder, register)


def shuffled(value: Any, choose: random.Random, *, in_order: bool = False) -> Any:
    """Return what says the same in another order: mappings everywhere, lists where their order means nothing."""
    if isinstance(value, dict):
        keys = list(value)
        choose.shuffle(keys)
        return {key: shuffled(value[key], choose, in_order=key == "instruments") for key in keys}
    if isinstance(value, list):
        entries = [shuffled(one, choose) for one in value]
        if not in_order:
            choose.shuffle(entries)
        return entries
    return value


@settings(max_examples=40)
@given(registers, st.randoms(use_true_random=False))
def test_another_order_and_other_files_say_the_same(register: dict[str, Any], choose: random.Random) -> None:
    base = loaded(register)
    with tempfile.TemporaryDirectory() as folder:
        for section, content in shuffled(base.sources.merged, choose).items():
            (Path(folder) / f"{section}.yaml").write_text(written({section: content}), encoding="utf-8", newline="")
        (Path(folder) / "own.schema.json").write_text("{}", encoding="utf-8")
        head = ropa.load(folder)
        found = compared(base, head)
    assert [(one.kind, one.path) for one in found.changes] == []
    assert found.consequences == ()
    assert (found.appeared, found.vanished) == ((), ())


@settings(max_examples=25)
@given(registers, registers)
def test_there_and_back_are_mirrored_and_can_be_said(one: dict[str, Any], other: dict[str, Any]) -> None:
    base, head = loaded(one), loaded(other)
    there, back = compared(base, head), compared(head, base)
    if not there.comparison.renames and not back.comparison.renames:
        mirrored = sorted((OPPOSITE.get(each.kind, each.kind), each.what) for each in back.changes)
        assert sorted((each.kind, each.what) for each in there.changes) == mirrored
    for form in DIFFERENCE_FORMATS:
        for language in LANGUAGES:
            assert render_difference(there, form, language=language)
    assert not there.base.crashes


@settings(max_examples=40)
@given(registers, st.sampled_from(("activities", "parties", "transfers", "data", "measures", "waivers")))
def test_a_new_id_alone_changes_nothing(register: dict[str, Any], section: str) -> None:
    """An id is a handle in the text; it is no part of the record that Art. 30 asks for."""
    base = loaded(register)
    ids = [one for one in base.sources.merged.get(section, {}) if isinstance(base.sources.merged[section], dict)]
    names = [str(base.sources.merged[section][one].get("name")) for one in ids]
    if not ids or len(set(names)) < len(names):
        return  # two records of one name cannot be told apart without their ids
    found = compared(base, loaded(_renamed(base.sources.merged, section, ids[0])))
    assert [(one.kind, one.path) for one in found.changes] == []
    assert found.comparison.renames.found == {(section, ids[0]): "another-id"}


def _renamed(value: dict[str, Any], section: str, one: str) -> dict[str, Any]:
    """Return plain data with an id of a section changed wherever the strategies of registers name it."""
    records = {"another-id" if key == one else key: each for key, each in value[section].items()}
    value = {**value, section: records}
    named_in = {"parties": ("recipients", "party", "sub_processors", "to"), "data": ("data",)}.get(section, ())

    def within(each: Any, key: str) -> Any:
        if isinstance(each, dict):
            return {name: within(below, name) for name, below in each.items()}
        if isinstance(each, list):
            return [within(below, key) for below in each]
        if each == one and key in named_in:
            return "another-id"
        if key == "subject" and each == f"{section}.{one}":
            return f"{section}.another-id"
        return each

    return {name: each if name == "ropa" else within(each, "") for name, each in value.items()}
