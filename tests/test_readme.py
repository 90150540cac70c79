"""What the README shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import ropa
from ropa.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, after: str = "") -> str:
    found = re.search(rf"```{language}\n(.*?)```", README[README.index(after) :], re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_first_command_checks_and_writes_the_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [step.strip() for step in block("console").split("&&")]
    assert [step.split()[0] for step in steps] == ["python3", ".venv/bin/pip", ".venv/bin/ropa", ".venv/bin/ropa"]
    target = tmp_path / "register.xlsx"
    for step in steps[2:]:
        assert main([str(target) if word == "register.xlsx" else word for word in shlex.split(step)[1:]]) == 0
    assert "TRF04" in capsys.readouterr().out
    assert target.exists()


def test_second_command_is_what_ci_runs() -> None:
    assert block("console", "Run all checks").strip() == "bash .ci/run"
    assert (ROOT / ".ci" / "run").exists()


def test_shown_report_is_the_real_one(capsys: pytest.CaptureFixture[str]) -> None:
    command = re.search(r"<!-- ropa (.*) -->", README)
    assert command
    main(shlex.split(command[1]))
    assert capsys.readouterr().out == block("text")


def test_script_runs_and_type_checks(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(block("python"), encoding="utf-8")
    path = {**os.environ, "PYTHONPATH": str(ROOT), "MYPYPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, str(script)], env=path, capture_output=True, text=True, check=True)
    assert "TRF04" in ran.stdout
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", str(script)]
    typed = subprocess.run(command, env=path, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert typed.returncode == 0, typed.stdout


@pytest.mark.parametrize("after", ["## A register", "Health data and"])
def test_shown_register_has_no_problem(after: str) -> None:
    loaded = ropa.load_text(block("yaml", after))
    assert loaded.problems == ()
    report = ropa.check(loaded, on=ropa.Law.load().verified_through)
    assert [(one.rule, one.message) for one in report.findings] == []


def test_shown_questions_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    for line in block("console", "## Transfers").splitlines():
        assert main([*shlex.split(line.partition("  #")[0])[1:]]) in (0, 1), line
        assert capsys.readouterr().out


def test_public_names_are_those_that_are_documented() -> None:
    for name in ropa.__all__:
        assert getattr(ropa, name) is not None
    assert dir(ropa) == sorted(ropa.__all__)
    with pytest.raises(AttributeError):
        _ = ropa.nothing  # type: ignore[attr-defined]
