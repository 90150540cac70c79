"""Rules are pure: alone or together, in any company, again, in another process, they find the same."""

import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_pages import PAGES, blocks

import ropa

pytestmark = pytest.mark.property

REGISTERS = Path(__file__).parents[2] / "registers"
NAMES = ("37signals", "qwant", "recosante", "sensus", "tchap")
RULES = [one.id for one in ropa.catalogue()]
ON = date(2026, 10, 7)


@cache
def loaded(name: str) -> ropa.Loaded:
    return ropa.load(REGISTERS / name)


@cache
def together(name: str) -> tuple[ropa.Finding, ...]:
    return tuple(ropa.check(loaded(name), on=ON).findings)


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(RULES), min_size=1, max_size=8, unique=True))
def test_in_any_company(name: str, some: list[str]) -> None:
    found = ropa.check(loaded(name), on=ON, select_rules=some).findings
    assert list(found) == [one for one in together(name) if one.rule in some]


@pytest.mark.parametrize("name", NAMES)
def test_each_alone_finds_what_all_find_together(name: str) -> None:
    alone = [one for rule in RULES for one in ropa.check(loaded(name), on=ON, select_rules=[rule]).findings]
    assert sorted(alone, key=lambda one: one.order) == list(together(name))
    assert tuple(ropa.check(loaded(name), on=ON).findings) == together(name), "again"
    assert loaded(name).register == ropa.load(REGISTERS / name).register, "the register is as it was"


@pytest.mark.parametrize("name", NAMES)
def test_another_process_finds_the_same(name: str) -> None:
    said = {
        subprocess.run(
            [sys.executable, "-m", "ropa", "check", name, "--on", str(ON), "--format", "json"],
            cwd=REGISTERS, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=False,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1
    assert said.pop().count(b'"fingerprint"') == len(together(name))


def test_on_its_own_page_each_rule_finds_alone_what_it_finds_with_the_others(tmp_path: Path) -> None:
    for rule in RULES:
        for text, day, law in blocks(PAGES[rule], "Bad", tmp_path / rule):
            packs = re.findall(r"^# pack: (\S+)$", text, re.MULTILINE)
            block = ropa.load_text(text)
            everything = ropa.check(block, on=day, law=law, packs=packs).findings
            alone = ropa.check(block, on=day, law=law, select_rules=[rule]).findings
            assert [one for one in everything if one.rule == rule] == list(alone) != [], rule
            assert ropa.check(block, on=day, law=law, packs=packs).findings == everything, "again"
