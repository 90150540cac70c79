"""The command line as a stranger meets it: what it prints, and with which code it exits."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from ropa.cli import main

REGISTERS = Path(__file__).parent.parent / "registers"
SENSUS = str(REGISTERS / "sensus")


def check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, list[dict[str, object]]]]:
    code = main(["check", *arguments, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("day", ["2019-06-01", "2020-07-15"])
def test_privacy_shield_in_force_asks_about_the_certification_once(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report = check(SENSUS, "--on", day, capsys=capsys)
    rules = [one["rule"] for one in report["findings"]]
    assert "TRF04" not in rules
    assert rules.count("TRF06") == 2


@pytest.mark.parametrize("day", ["2020-07-16", "2026-11-22"])
def test_privacy_shield_ended_is_an_error_for_each_transfer_on_it(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = check(SENSUS, "--on", day, capsys=capsys)
    ended = [one for one in report["findings"] if one["rule"] == "TRF04"]
    assert code == 1
    assert len(ended) == 2
    for one in ended:
        assert one["severity"] == "error"
        assert "C-311/18" in str(one["message"])
        line = Path(str(one["file"])).read_text(encoding="utf-8").splitlines()[int(str(one["line"])) - 1]
        assert "us-privacy-shield" in line


def test_what_the_statement_leaves_out_appears_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    _, report = check(SENSUS, "--on", "2026-11-22", capsys=capsys)
    rules = [str(one["rule"]) for one in report["findings"]]
    assert rules.count("A3001") == 1
    assert rules.count("CON08") == 1
    assert {"A3009", "LI02", "PRC08"} <= set(rules)
    assert len({one["fingerprint"] for one in report["findings"]}) == len(rules)


def test_text_names_line_citation_fix_and_what_ran(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", SENSUS, "--on", "2026-11-22", "--language", "nl"])
    out = capsys.readouterr().out
    assert "C-311/18" in out
    assert "Actie:" in out
    assert "regels uitgevoerd, naar het recht van 2026-11-22" in out
    assert "\x1b" not in out


def test_json_fits_its_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((REGISTERS.parent / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    broken = tmp_path / "broken.yaml"
    broken.write_text("ropa: 1\nfoo: 1\n", encoding="utf-8")
    for path in (SENSUS, str(broken), str(tmp_path / "missing")):
        _, report = check(path, "--on", "2026-11-22", capsys=capsys)
        jsonschema.Draft202012Validator(schema).validate(report)


def test_same_input_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    outs = []
    for _ in range(2):
        main(["check", SENSUS, "--on", "2026-11-22"])
        outs.append(capsys.readouterr().out)
    assert outs[0] == outs[1]


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 1), ("info", 1)])
def test_exit_code_follows_fail_on(fail_on: str, code: int) -> None:
    assert main(["check", SENSUS, "--on", "2026-11-22", "--fail-on", fail_on]) == code


def test_nothing_to_check_is_no_green_light(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "missing")]) == 2
    assert main(["check", str(tmp_path)]) == 2
    assert main(["check", SENSUS, "--select", "XYZ"]) == 2


def test_init_writes_a_register_without_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert main(["init", str(folder)]) == 0
    capsys.readouterr()
    code, report = check(str(folder), "--on", "2026-11-22", capsys=capsys)
    assert (code, report["findings"]) == (0, [])
    assert main(["init", str(folder)]) == 2


def test_rules_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert re.search(r"^TRF04 +error", capsys.readouterr().out, re.MULTILINE)
    assert main(["rules", "TRF04"]) == 0
    assert "## Why" in capsys.readouterr().out
    assert main(["rules", "TRF99"]) == 2


def test_export_writes_a_workbook_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "register.xlsx"
    assert main(["export", SENSUS, "-o", str(target), "--on", "2026-11-22"]) == 0
    assert target.read_bytes()[:2] == b"PK"
    broken = tmp_path / "broken.yaml"
    broken.write_text("ropa: 1\nfoo: 1\n", encoding="utf-8")
    other = tmp_path / "other.xlsx"
    assert main(["export", str(broken), "-o", str(other)]) == 2
    assert not other.exists()


def test_schema_prints_the_committed_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    committed = (REGISTERS.parent / "schemas" / "register.schema.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == committed


def test_what_a_register_says_cannot_command_a_terminal_or_a_runner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "register.yaml"
    name = '"\\e[31mred \\u202e ##[error]x"'
    file.write_text(f"ropa: 1\ncontroller: {{name: {name}}}\n", encoding="utf-8")
    main(["check", str(file), "--on", "2026-11-22"])
    out = capsys.readouterr().out
    assert "A3001" in out
    assert "\\u001b[31mred \\u202e ## [error]x" in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_output_goes_to_a_file_or_the_command_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.json"
    main(["check", SENSUS, "--on", "2026-11-22", "--format", "json", "--output", str(target)])
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["counts"]["error"] > 0
    assert main(["check", SENSUS, "--output", str(tmp_path)]) == 2
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--on", "2020-13-01"], ["--fail-on", "x"], ["--nothing"]])
def test_wrong_usage_is_told(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", SENSUS, *wrong])
    assert stop.value.code == 2
    assert "ropa check" in capsys.readouterr().err


def test_no_command_writes_over_a_file_of_the_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.yaml"
    text = "ropa: 1\ncontroller: {name: Example B.V.}\n"
    file.write_text(text, encoding="utf-8")
    assert main(["export", str(tmp_path), "-o", str(file)]) == 2
    assert main(["check", str(tmp_path), "--output", str(file)]) == 2
    assert "a file of the register" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == text
    assert main(["export", str(tmp_path), "-o", str(tmp_path / "out.txt")]) == 2
    assert "register.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", ".", "--on", "2026-02-30"], "no day of the calendar"),
        (["check", ".", "--language", "it"], "invalid choice"),
        (["check", ".", "--select", "TRF", "--ignore", "TRF"], "no rule is left"),
    ],
)
def test_wrong_usage_is_said_and_gives_two(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as exited:
        code = int(exited.code or 0)
    assert code == 2
    assert says in capsys.readouterr().err


def test_a_fault_of_ropa_itself_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ropa.cli.checked.load", None)
    assert main(["check", "."]) == 3
    assert "TypeError" in capsys.readouterr().err


def test_a_name_cannot_speak_to_a_runner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(f"ropa: 1\ncontroller: {{name: '{'a' * 90} ::error file=x::pwned'}}\n", encoding="utf-8")
    main(["check", str(file)])
    assert "::" not in capsys.readouterr().out
