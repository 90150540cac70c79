"""The baseline: what was known passes, what is new fails, what is fixed is removed; what is not one is refused."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

import ropa
from ropa.baseline import Entry, baseline_of, read_baseline, write_baseline
from ropa.cli import main

DAY = date(2026, 10, 7)
REGISTER = """\
ropa: 1
controller: {name: Example B.V., contact: {email: privacy@example.org}, dpo: none}
activities:
  pay: {name: Pay, purposes: unknown}
  news: {name: News, purposes: unknown}
  old: {name: Old, purposes: unknown, until: 2026-10-07}
"""
NEW = "  shop: {name: Shop, purposes: unknown}\n"
WAIVER = "waivers: {w: {rule: A3003, subject: activities.news, reason: r, accepted_by: b, until: 2026-10-07}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    write(tmp_path)
    return tmp_path


def write(folder: Path, text: str = REGISTER) -> None:
    (folder / "register" / "register.yaml").write_text(text, encoding="utf-8")


def run(folder: Path, command: str, *words: str, on: str = "2026-10-07") -> int:
    return main([command, str(folder / "register"), "--on", on, "--select", "A3003", *words])


def known(folder: Path) -> list[str]:
    return [one.subject for one in read_baseline(folder / "register" / "ropa-baseline.json")]


def checked(text: str, baseline: tuple[Entry, ...] | None, on: date = DAY, **options: Any) -> ropa.Report:
    loaded = ropa.load_text(text)
    assert not loaded.problems
    return ropa.check(loaded, on=on, baseline=baseline, **{"select_rules": ["A3003"], **options})


KNOWN = baseline_of(checked(REGISTER, None).findings)


# --- known passes, new fails


@pytest.mark.parametrize(
    ("text", "counting", "known", "gone"),
    [
        (REGISTER, [], ["activities.pay", "activities.news"], []),
        ("# moved\n" * 20 + REGISTER, [], ["activities.pay", "activities.news"], []),
        (REGISTER + NEW, ["activities.shop"], ["activities.pay", "activities.news"], []),
        (REGISTER.replace("  pay:", "  wages:"), ["activities.wages"], ["activities.news"], ["activities.pay"]),
        (REGISTER.replace("Pay, purposes: unknown", "Pay, purposes: {p: {name: Paying}}"), [], ["activities.news"], ["activities.pay"]),
        (REGISTER + WAIVER, [], ["activities.pay"], ["activities.news"]),
    ],
)  # fmt: skip
def test_what_is_known_passes_and_what_is_new_fails(
    text: str, counting: list[str], known: list[str], gone: list[str]
) -> None:
    report = checked(text, KNOWN)
    assert [one.subject for one in report.findings if one.counts] == counting
    assert [one.subject for one in report.known] == known
    assert [one.subject for one in report.gone] == gone
    assert report.ok == (not counting)


def test_a_second_finding_of_the_same_kind_at_the_same_place_is_new() -> None:
    two = "ropa: 1\ncontroller: {{name: X, contact: unknown}}\nparties: {{a: {{name: A}}, b: {{name: B}}}}\nservices: {{s: {{name: S, controllers: [{}]}}}}\n"
    rules: dict[str, Any] = {"select_rules": ["A3011"]}
    before = baseline_of(checked(two.format("a"), None, **rules).findings)
    report = checked(two.format("a, b"), before, **rules)
    assert len([one for one in report.findings if one.counts]) == 1
    assert len(report.known) == len(before)


@pytest.mark.parametrize(
    ("on", "counts", "rules"),
    [
        (date(2026, 10, 6), False, ["A3003"]),
        (date(2026, 10, 7), False, ["A3003"]),
        (date(2026, 10, 8), True, ["A3003", "WVR01"]),
    ],
)
def test_a_waiver_that_lapsed_is_stronger_than_the_baseline(on: date, counts: bool, rules: list[str]) -> None:
    """What somebody accepted until a day does not pass for ever because it was there before."""
    text = REGISTER.replace("until: 2026-10-07}\n", "until: 2026-01-01}\n") + WAIVER
    report = checked(text, KNOWN, on)
    about = [one for one in report.findings if one.subject in ("activities.news", "waivers.w")]
    assert sorted(one.rule for one in about) == rules
    assert any(one.counts for one in about if one.rule == "A3003") == counts


@pytest.mark.parametrize("options", [{"select_rules": ["TRF"]}, {"ignore_rules": ["A3003"], "select_rules": []}, {"without": ["us-dpf"]}])  # fmt: skip
def test_of_what_was_not_looked_for_nothing_is_gone(options: dict[str, Any]) -> None:
    fixed = REGISTER.replace("purposes: unknown", "purposes: {p: {name: Purpose}}")
    assert checked(fixed, KNOWN, **options).gone == ()


def test_a_record_that_is_not_in_place_on_the_day_is_not_gone() -> None:
    before = baseline_of(checked(REGISTER, None, date(2026, 10, 6)).findings)
    assert [one.subject for one in before] == ["activities.news", "activities.old", "activities.pay"]
    assert checked(REGISTER, before).gone == ()


@pytest.mark.property
@given(st.data())
def test_known_is_what_was_there_and_nothing_else(data: st.DataObject) -> None:
    """Every finding of before and no other passes, whichever records come, go and change places."""
    ids = ["a", "b", "c", "d", "e"]
    some = st.lists(st.sampled_from(ids), unique=True)
    before, after = data.draw(some), data.draw(some)

    def text(some: list[str]) -> str:
        lines = "".join(f"\n  {one}: {{name: {one.upper()}, purposes: unknown}}" for one in some)
        return f"ropa: 1\ncontroller: {{name: X}}\nactivities: {lines or '{}'}\n"

    report = checked(text(after), baseline_of(checked(text(before), None).findings))
    assert {one.subject[-1] for one in report.known} == set(before) & set(after)
    assert {one.subject[-1] for one in report.findings if one.counts} == set(after) - set(before)
    assert {one.subject[-1] for one in report.gone} == set(before) - set(after)


# --- the command


def test_adopting_ropa_on_an_old_register(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "check") == 1
    assert run(folder, "baseline") == 0
    file = folder / "register" / "ropa-baseline.json"
    assert run(folder, "check") == 1, "a baseline is used where it is asked for"
    capsys.readouterr()
    assert run(folder, "check", "--baseline", str(file)) == 0
    out = capsys.readouterr().out
    assert "2 known from the baseline\nChecked" in out
    assert "A3003 " not in out
    write(folder, REGISTER + NEW)
    assert run(folder, "check", "--baseline", str(file)) == 1
    assert "1 error, 2 known from the baseline" in capsys.readouterr().out


def test_pruning_removes_what_is_gone_and_adds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "baseline")
    file = folder / "register" / "ropa-baseline.json"
    write(folder, REGISTER.replace("News, purposes: unknown", "News, purposes: {p: {name: P}}") + NEW)
    assert run(folder, "check", "--baseline", str(file)) == 1
    assert "1 in the baseline no longer found, or waived: `ropa baseline --prune`" in capsys.readouterr().out
    assert run(folder, "baseline", "--prune", "--select", "TRF") == 0
    assert known(folder) == ["activities.news", "activities.pay"]
    assert run(folder, "baseline", "--prune") == 0
    assert f"1 removed from {file}: 1 finding left." in capsys.readouterr().out
    assert known(folder) == ["activities.pay"]
    pruned = file.read_bytes()
    assert run(folder, "baseline", "--prune") == 0
    assert "0 removed" in capsys.readouterr().out
    assert file.read_bytes() == pruned
    assert run(folder, "check", "--baseline", str(file)) == 1, "what is new still fails"


def test_a_baseline_that_is_there_is_not_written_over_without_being_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, "baseline")
    write(folder, REGISTER + NEW)
    assert run(folder, "baseline") == 2
    assert "--force writes it anew" in capsys.readouterr().err
    assert known(folder) == ["activities.news", "activities.pay"]
    assert run(folder, "baseline", "--force") == 0
    assert known(folder) == ["activities.news", "activities.pay", "activities.shop"]
    with pytest.raises(SystemExit):
        run(folder, "baseline", "--force", "--prune")


def test_what_is_waived_or_about_waivers_does_not_go_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for on in ("2026-10-07", "2026-10-08"):
        write(folder, REGISTER + WAIVER)
        assert run(folder, "baseline", "--force", on=on) == 0
        assert known(folder) == ["activities.pay"]
        assert "left out, which a waiver is of or which are about waivers" in capsys.readouterr().out


def test_the_settings_name_it_and_give_it_a_place(folder: Path) -> None:
    settings = folder / "ropa.toml"
    settings.write_text("", encoding="utf-8")
    assert run(folder, "baseline") == 0
    assert (folder / "ropa-baseline.json").exists(), "beside ropa.toml"
    settings.write_text('baseline = "kept/known.json"\n', encoding="utf-8")
    assert run(folder, "check") == 2, "a baseline that is named must be there"
    assert run(folder, "baseline") == 0
    assert (folder / "kept" / "known.json").exists()
    assert run(folder, "check") == 0
    assert run(folder, "check", "--no-config") == 1
    write(folder, REGISTER + NEW)
    assert run(folder, "check") == 1
    settings.write_text("baseline = 1\n", encoding="utf-8")
    assert run(folder, "check") == 2


def test_a_file_that_would_be_read_as_part_of_the_register_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("known.json", "known.yaml", "deep/known.json"):
        assert run(folder, "baseline", "-o", str(folder / "register" / name)) == 2
        assert "read as part of the register" in capsys.readouterr().err
    assert run(folder, "baseline", "--force", "-o", str(folder / "register" / "register.yaml")) == 2
    assert not ropa.load(folder / "register").problems
    assert run(folder, "baseline", "-o", str(folder / "register" / "ropa-baseline.json")) == 0
    assert not ropa.load(folder / "register").problems


def test_of_a_register_that_was_not_read_or_a_check_that_crashed_no_baseline_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "ropa: 1\nfoo: 1\n")
    assert run(folder, "baseline") == 2
    assert "SRC05" in capsys.readouterr().err
    write(folder)
    (folder / "ropa.toml").write_text('rules = ["own.py"]\n', encoding="utf-8")
    (folder / "own.py").write_text(
        "from ropa.model import Activity\nfrom ropa.rules import Severity, rule\n\n\n"
        "@rule('OWN01', on=Activity, severity=Severity.ERROR, cites=())\n"
        "def broken(activity, ctx):\n    '''Crash.'''\n    raise KeyError('x')\n",
        encoding="utf-8",
    )
    (folder / "broken.md").write_text("---\nid: OWN01\nname: {en: X}\nsays: {x: {message: {en: x}, fix: {en: x}}}\n---\n", encoding="utf-8")  # fmt: skip
    assert main(["baseline", str(folder / "register"), "--trust", "--on", "2026-10-07"]) == 3
    assert "OWN01 crashed" in capsys.readouterr().err
    assert not list(folder.rglob("*.json"))


# --- the file


def test_the_file_is_small_sorted_and_the_same_each_time(tmp_path: Path) -> None:
    for name, entries in (("a.json", KNOWN), ("b.json", tuple(reversed(KNOWN)) + KNOWN)):
        write_baseline(entries, tmp_path / name)
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert (tmp_path / "b.json").read_text(encoding="utf-8") == text
    lines = text.splitlines()
    assert len(lines) == len(KNOWN) + 5, "one finding a line"
    assert re.fullmatch(
        r'    \{"rule": "A3003", "subject": "activities.news", "fingerprint": "[0-9a-f]{16}"\},', lines[3]
    )
    assert json.loads(text)["ropa-baseline"] == 1
    assert read_baseline(tmp_path / "a.json") == KNOWN
    write_baseline((), tmp_path / "empty.json")
    assert read_baseline(tmp_path / "empty.json") == ()
    assert json.loads((tmp_path / "empty.json").read_text(encoding="utf-8")) == {"ropa-baseline": 1, "findings": []}


GOOD = '{"rule": "A3003", "subject": "activities.pay", "fingerprint": "0123456789abcdef"}'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ("{", ":1: "),
        ("[]", ":1: a mapping of ropa-baseline, findings must stand here"),
        ('{"findings": []}', ":1: `ropa-baseline` is missing"),
        ('{"ropa-baseline": 1}', ":1: `findings` is missing"),
        ('{"ropa-baseline": 1,\n"findings": {}}', ":2: `findings` is a list"),
        ('{"ropa-baseline": 1,\n"findngs": []}', ":2: `findngs` is not known here; did you mean `findings`?"),
        ('{\n"ropa-baseline": 2, "findings": []}', ":2: it is of a newer format than this version of ropa reads"),
        ('{"ropa-baseline": "1", "findings": []}', ":1: `ropa-baseline` is the format, 1"),
        ('{"ropa-baseline": true, "findings": []}', ":1: `ropa-baseline` is the format, 1"),
        ('{"ropa-baseline": 1, "findings": [\n"x"]}', ":2: a mapping of rule, subject, fingerprint must stand here"),
        ('{"ropa-baseline": 1, "findings": [\n' + GOOD + ",\n{}]}", ":3: `rule` is missing"),
        ('{"ropa-baseline": 1, "findings": [\n' + GOOD.replace('"A3003"', "3") + "]}", ":2: `rule` is a text"),
        ('{"ropa-baseline": 1, "findings": [\n' + GOOD.replace("0123", "012x") + "]}", ":2: `fingerprint` is sixteen"),
        ('{"ropa-baseline": 1, "findings": [\n' + GOOD.replace("}", ', "x": 1}') + "]}", ":2: `x` is not known here"),
        ('{"ropa-baseline": 1,\n"findings": [], "findings": []}', ":2: "),
    ],
)
def test_what_is_no_baseline_is_one_clear_error(
    text: str, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "known.json"
    file.write_text(text, encoding="utf-8")
    for words in (("check", "--baseline", str(file)), ("baseline", "--prune", "-o", str(file))):
        assert run(folder, *words) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(f"ropa: {file}{says}")
        assert len(said.err.splitlines()) == 1
    assert file.read_text(encoding="utf-8") == text


def test_a_baseline_that_is_not_there_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("check", "--baseline", str(folder / "none.json")), ("baseline", "--prune")):
        assert run(folder, *words) == 2
        assert "`ropa baseline` writes one" in capsys.readouterr().err
    with pytest.raises(ropa.BaselineError):
        ropa.read_baseline(folder)


# --- outputs


def test_json_tells_what_is_known_and_what_is_gone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "baseline")
    write(folder, REGISTER.replace("  pay:", "  wages:"))
    capsys.readouterr()
    run(folder, "check", "--baseline", str(folder / "register" / "ropa-baseline.json"), "--format", "json")
    report = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(Path("schemas/report.schema.json").read_text(encoding="utf-8"))).validate(report)
    assert [(one["subject"], one["known"]) for one in report["findings"]] == [
        ("activities.wages", False), ("activities.news", True),
    ]  # fmt: skip
    assert report["counts"] == {"error": 1, "warning": 0, "info": 0, "waived": 0, "known": 1}
    assert report["baseline"]["entries"] == 2
    assert [one["subject"] for one in report["baseline"]["gone"]] == ["activities.pay"]
    run(folder, "check", "--format", "json")
    assert json.loads(capsys.readouterr().out)["baseline"] is None


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "2 known from the baseline"), ("nl", "2 bekend uit de nulmeting"),
        ("de", "2 aus dem Ausgangsbestand bekannt"), ("fr", "2 connus par l'état initial"),
    ],
)  # fmt: skip
def test_the_text_counts_what_is_known(language: str, says: str) -> None:
    assert f"{says}\n" in ropa.render(checked(REGISTER, KNOWN), language=language)


def test_the_workbook_knows_no_baseline(folder: Path) -> None:
    """What was there before is open all the same, and the officer sees it."""
    (folder / "ropa.toml").write_text('baseline = "register/ropa-baseline.json"\n', encoding="utf-8")
    run(folder, "baseline")
    assert run(folder, "export", "-o", str(folder / "x.xlsx"), "--language", "en") == 0
    book = CalamineWorkbook.from_path(folder / "x.xlsx")
    assert "errors: 2 " in str(book.get_sheet_by_name("Cover").to_python())
    assert str(book.get_sheet_by_name("Findings").to_python()).count("'A3003'") == 2
