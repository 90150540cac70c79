"""The committed schema is the models' own, valid, and accepts every register of this repository."""

import inspect
import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest

import ropa
from ropa.cli import main
from ropa.fields import fields_page
from ropa.schema import SCHEMA_FILE, file_schema, register_schema

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


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_an_editor_finds_nothing_in_a_single_file_of_a_register(path: Path) -> None:
    asked = jsonschema.Draft202012Validator(file_schema())
    for document in ropa.load(path).sources.documents:
        assert not list(asked.iter_errors(document.data)), document.file
    assert list(asked.iter_errors({"activities": {"a": {"nam": "x"}}}))


def test_a_new_register_names_the_schema_that_lies_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    main(["init", str(folder)])
    register = folder / "register.yaml"
    first = register.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    schema = register.parent / SCHEMA_FILE
    assert json.loads(schema.read_text(encoding="utf-8")) == file_schema()
    assert [Path(one.file).name for one in ropa.load(folder).sources.documents] == ["register.yaml"]
    capsys.readouterr()
    schema.write_text("{}", encoding="utf-8")  # that of an older version
    assert main(["schema", "--format", "editor", "-o", str(schema)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(schema.read_text(encoding="utf-8")) == file_schema()


def test_the_waiver_that_a_new_register_shows_is_one(tmp_path: Path) -> None:
    main(["init", str(tmp_path / "new")])
    text = (tmp_path / "new" / "register.yaml").read_text(encoding="utf-8")
    assert text.count("# waivers:\n#   an-id:") == 1
    loaded = ropa.load_text(text.replace("# waivers:\n#   an-id:", "waivers:\n  an-id:"))
    assert not loaded.problems
    assert loaded.register is not None
    assert list(loaded.register.waivers) == ["an-id"]
