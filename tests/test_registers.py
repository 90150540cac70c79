"""Each example register shows the findings that its expected.json holds, which a person has read one by one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ropa

REGISTERS = Path(__file__).parent.parent / "registers"
ON = date(2026, 10, 7)


def shown(folder: Path) -> list[dict[str, Any]]:
    report = json.loads(ropa.render(ropa.check(ropa.load(folder), on=ON), "json"))
    return [
        {key: one[key] for key in ("file", "line", "rule", "severity", "subject")}
        | {"file": Path(one["file"]).relative_to(folder).as_posix()}
        for one in report["findings"]
    ]


def as_text(findings: list[dict[str, Any]]) -> str:
    """One finding a line, so that a difference in git shows which came and which went."""
    lines = ",".join(f"\n    {json.dumps(one, ensure_ascii=False)}" for one in findings)
    return f'{{\n  "on": "{ON}",\n  "findings": [{lines}\n  ]\n}}\n'


@pytest.mark.parametrize("name", sorted(folder.name for folder in REGISTERS.iterdir() if folder.is_dir()))
def test_an_example_shows_what_is_expected(name: str, request: pytest.FixtureRequest) -> None:
    expected, found = REGISTERS / name / "expected.json", shown(REGISTERS / name)
    if request.config.getoption("accept"):
        expected.write_text(as_text(found), encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))["findings"]
