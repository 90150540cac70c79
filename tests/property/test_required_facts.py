"""Art. 30 and what it leans on: take any one required fact out of a complete register, and a finding names it."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import ropa

pytestmark = pytest.mark.property

MODEL = ropa.load(Path(__file__).parents[2] / "registers" / "model")
DATA: dict[str, Any] = json.loads(json.dumps(MODEL.sources.merged))
ON = date(2026, 10, 7)
OPTIONAL: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "optional_facts.yaml").read_text(encoding="utf-8")
)
SECTIONS = {name for name, value in DATA.items() if isinstance(value, dict)} - {"name", "controller", "rights"}
"""The sections that hold records by id."""
BY_ID = {"purposes", "cookies"}
"""The fields of an activity that hold records by id."""

Steps = tuple[str | int, ...]


def facts(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Yield the place of each fact: each key of each record, but not the records themselves and not the languages."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from facts(each, (*path, number))
    elif isinstance(value, dict) and not value.keys() <= {"nl", "en"}:
        for key, each in value.items():
            if not holds_records(path) and not (path == () and key in SECTIONS):
                yield (*path, key)
            yield from facts(each, (*path, key))


def holds_records(path: Steps) -> bool:
    return (len(path) == 1 and path[0] in SECTIONS) or (len(path) == 3 and path[2] in BY_ID)


def kind(path: Steps) -> str:
    """Return what a fact is: its fields, without ids and list numbers."""
    return ".".join(
        str(step) for at, step in enumerate(path) if isinstance(step, str) and not (at and holds_records(path[:at]))
    )


def optional(what: str) -> list[str]:
    """Return what the list of optional facts says of a kind."""
    return [
        one
        for ones in OPTIONAL.values()
        for one in ones
        if what == one or (one.endswith(".**") and what.startswith(one[:-2]))
    ]


FACTS = list(facts(DATA))
REQUIRED: dict[str, list[Steps]] = {}
OPTIONS: dict[str, list[Steps]] = {}
for one in FACTS:
    (OPTIONS if optional(kind(one)) else REQUIRED).setdefault(kind(one), []).append(one)


def without(path: Steps) -> dict[str, Any]:
    """Return the register without one fact."""
    data: Any = DATA.copy()
    register, inner = data, data
    for step in path[:-1]:
        inner[step] = inner[step].copy()
        inner = inner[step]
    del inner[path[-1]]
    return register  # type: ignore[no-any-return]


def names(finding: ropa.Finding, path: Steps) -> bool:
    """Tell whether a finding is about a place, what stood there, or the record that it stands in.

    What pointed at it names it too; a transfer stands on all its instruments together.
    """
    at = tuple(int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", finding.path))
    return (
        at == path[: len(at)]
        or at[: len(path) - 1] == path[:-1]
        or ".".join(map(str, path)) in finding.message
        or (path[0] == "transfers" and at[:2] == path[:2])
    )


def findings_without(path: Steps) -> tuple[ropa.Finding, ...]:
    return ropa.check(ropa.load_text(json.dumps(without(path))), on=ON).findings


def test_the_model_has_no_findings() -> None:
    assert not ropa.check(ropa.load_text(json.dumps(DATA)), on=ON).findings


def test_the_list_of_optional_facts_holds_nothing_else() -> None:
    said = [one for ones in OPTIONAL.values() for one in ones]
    used = {one for path in FACTS for one in optional(kind(path))}
    assert len(said) == len(set(said))
    assert set(said) == used
    assert len(REQUIRED) > 50


@pytest.mark.parametrize("what", REQUIRED)
def test_a_required_fact_is_missed(what: str) -> None:
    for path in REQUIRED[what]:
        findings = findings_without(path)
        assert any(names(one, path) for one in findings), f"{path}: {[one.message for one in findings]}"


@pytest.mark.parametrize("what", OPTIONS)
def test_an_optional_fact_can_be_left_out(what: str) -> None:
    assert any(not findings_without(path) for path in OPTIONS[what]), "each time somebody misses it: it is required"
