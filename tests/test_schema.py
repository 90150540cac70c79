"""The committed schema is the models' own, valid, and accepts every register of this repository."""

import inspect
import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest

import ropa
from ropa.fields import fields_page
from ropa.schema import register_schema

ROOT = Path(__file__).parent.parent
REGISTERS = sorted(path for path in (ROOT / "registers").iterdir() if path.is_dir())


def test_committed_schema_is_current() -> None:
    committed = json.loads((ROOT / "schemas" / "register.schema.json").read_text(encoding="utf-8"))
    assert register_schema() == committed


def test_schema_is_valid_by_its_metaschema() -> None:
    jsonschema.Draft202012Validator.check_schema(register_schema())


def test_every_field_says_what_it_means() -> None:
    for name, part in register_schema()["$defs"].items():
        for field, about in part.get("properties", {}).items():
            assert about.get("description"), f"{name}.{field}"


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_registers_are_valid(path: Path) -> None:
    loaded = ropa.load(path)
    assert loaded.problems == ()
    jsonschema.Draft202012Validator(register_schema()).validate(loaded.sources.merged)


def test_page_of_fields_is_current() -> None:
    page = (Path(__file__).parent.parent / "docs" / "fields.md").read_text(encoding="utf-8")
    assert page == fields_page()
    assert "None" not in page


def test_the_page_of_fields_names_the_tags_that_rules_know() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| (?:purposes|measures) \| [^|]+ \| (\w+) \|$", fields_page(), re.MULTILINE)
    assert len(rows) == 8
    pages = {one.id: one for one in ropa.catalogue()}
    for tags, rule in rows:
        source = inspect.getsource(sys.modules[pages[rule].looks.__module__])
        assert all(f'"{tag}"' in source for tag in re.findall(r"`([^`]+)`", tags))
