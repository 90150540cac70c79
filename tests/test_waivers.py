"""Waivers: what they cover and until when, what there is to say of them, and that every output lists them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

import ropa
from ropa.cli import main
from ropa.languages import LANGUAGES
from ropa.workbook.layout import LAYOUTS
from ropa.workbook.sheets import FIRST, KEYS

DAY = date(2026, 10, 7)
REGISTER = """\
ropa: 1
language: en
controller: {name: Example B.V., country: NL, contact: {email: privacy@example.org}, dpo: none}
activities:
  news:
    name: News
    purposes: {mail: {name: Sending news}}
  pay:
    name: Pay
    purposes: unknown
    since: 2025-01-01
parties: {mailer: {name: Mailer Inc., country: US, role: processor}}
transfers:
  mail:
    to: mailer
    instruments: [{adequacy: us-privacy-shield, listed: yes}, {adequacy: us-safe-harbour}]
"""
WAIVER = {
    "rule": "A3003", "subject": "activities.pay", "reason": "They are being written.", "accepted_by": "The DPO",
    "until": "2026-10-07",
}  # fmt: skip


LINE = REGISTER.count("\n") + 2
"""The line of the first waiver."""


def text_with(*waivers: dict[str, Any], register: str = REGISTER) -> str:
    """Return the register's text with waivers `w0`, `w1`, …, each on a line of its own."""
    lines = "".join(f"\n  w{at}: {json.dumps(one)}" for at, one in enumerate(waivers))
    return f"{register}waivers: {lines or '{}'}\n"


def checked(*waivers: dict[str, Any], on: date = DAY, **options: Any) -> ropa.Report:
    loaded = ropa.load_text(text_with(*waivers))
    assert not loaded.problems, loaded.problems
    return ropa.check(loaded, on=on, **options)


def about(report: ropa.Report) -> list[tuple[str, str]]:
    """Return what the report says of the waivers: rule and waiver."""
    return [(one.rule, one.subject) for one in report.findings if one.rule.startswith("WVR")]


def waived(report: ropa.Report) -> list[tuple[str, str]]:
    return [(one.rule, one.path) for one in report.waived]


# --- the day before, the day, the day after


@pytest.mark.parametrize(
    ("day", "covers", "said"),
    [
        (date(2026, 3, 31), False, []),  # not yet accepted
        (date(2026, 4, 1), True, []),
        (date(2026, 10, 6), True, []),
        (date(2026, 10, 7), True, []),  # the last day is included
        (date(2026, 10, 8), False, [("WVR01", "waivers.w0")]),
    ],
)
def test_a_waiver_holds_from_its_first_through_its_last_day(
    day: date, covers: bool, said: list[tuple[str, str]]
) -> None:
    report = checked({**WAIVER, "accepted_on": "2026-04-01"}, on=day)
    (finding,) = (one for one in report.findings if one.rule == "A3003")
    assert finding.counts == (not covers)
    assert (finding in report.waived) == covers
    assert about(report) == said


def test_a_lapsed_waiver_says_that_the_finding_is_back_because_of_that() -> None:
    report = checked(WAIVER, on=date(2026, 10, 8))
    (lapsed,) = (one for one in report.findings if one.rule == "WVR01")
    (finding,) = (one for one in report.findings if one.rule == "A3003")
    assert "lapsed: its last day was 2026-10-07" in lapsed.message
    assert "the finding A3003 on `activities.pay` is back" in lapsed.message
    assert lapsed.place.line == LINE
    assert lapsed.related == (finding.place,)
    assert finding.lapsed is not None
    assert finding.counts
    assert "Was waived through 2026-10-07 by The DPO (waivers.w0); that is over" in ropa.render(report)


@pytest.mark.parametrize(
    ("wrong", "fault", "path"),
    [
        ({"until": None}, "SRC06", "waivers.w0"),
        ({"until": "2026-13-01"}, "SRC07", "waivers.w0.until"),
        ({"until": "2026-02-30"}, "SRC07", "waivers.w0.until"),
        ({"until": "01-02-2027"}, "SRC07", "waivers.w0.until"),
        ({"until": "unknown"}, "SRC07", "waivers.w0.until"),
        ({"until": ""}, "SRC07", "waivers.w0.until"),
        ({"until": 20270101}, "SRC07", "waivers.w0.until"),
        ({"until": ["2027-01-01"]}, "SRC07", "waivers.w0.until"),
        ({"accepted_on": "2026-10-08"}, "SRC07", "waivers.w0.until"),
        ({"accepted_on": "yesterday"}, "SRC07", "waivers.w0.accepted_on"),
        ({"reason": None}, "SRC06", "waivers.w0"),
        ({"reason": " "}, "SRC07", "waivers.w0.reason"),
        ({"accepted_by": None}, "SRC06", "waivers.w0"),
        ({"rule": None}, "SRC06", "waivers.w0"),
        ({"subject": None}, "SRC06", "waivers.w0"),
        ({"untill": "2027-01-01"}, "SRC05", "waivers.w0.untill"),
    ],
)
def test_what_is_no_whole_waiver_is_an_error_with_its_line(wrong: dict[str, Any], fault: str, path: str) -> None:
    waiver = {key: value for key, value in {**WAIVER, **wrong}.items() if value is not None}
    loaded = ropa.load_text(text_with(waiver))
    assert [(one.rule, one.path, one.place.line) for one in loaded.problems] == [(fault, path, LINE)]
    report = ropa.check(loaded, on=DAY)
    assert not report.ok
    assert not report.waived


# --- what a waiver covers


@pytest.mark.parametrize(
    ("waiver", "covered", "said"),
    [
        ({}, [("A3003", "activities.pay.purposes")], []),
        ({"path": "activities.pay.purposes"}, [("A3003", "activities.pay.purposes")], []),
        ({"path": "activities.pay"}, [], [("WVR02", "elsewhere")]),
        ({"subject": "activities.news"}, [], [("WVR02", None)]),
        ({"subject": "activities.news", "until": "2026-10-06"}, [], [("WVR02", None)]),  # lapsed, and nothing is back
        ({"subject": "register"}, [], [("WVR02", None)]),
        ({"subject": "activities.pay", "rule": "LB01"}, [], [("WVR02", None)]),
        ({"subject": "activities.news", "rule": "LB01"}, [], [("WVR02", "elsewhere")]),
        (
            {"subject": "activities.news.purposes.mail", "rule": "LB01"},
            [("LB01", "activities.news.purposes.mail.legal_basis")],
            [],
        ),
        ({"rule": "A3033"}, [], [("WVR03", "near")]),
        ({"rule": "a3003"}, [], [("WVR03", "near")]),
        ({"rule": "purpose-missing"}, [], [("WVR03", "near")]),
        ({"rule": "anything at all"}, [], [("WVR03", "far")]),
        ({"rule": "A30"}, [], [("WVR03", "family")]),
        ({"rule": "SRC"}, [], [("WVR03", "unwaivable")]),
        ({"rule": "SRC08"}, [], [("WVR03", "unwaivable")]),
        ({"rule": "WVR02"}, [], [("WVR03", "unwaivable")]),
    ],
)
def test_a_waiver_covers_what_it_names_and_says_where_that_is_nothing(
    waiver: dict[str, str], covered: list[tuple[str, str]], said: list[tuple[str, str | None]]
) -> None:
    report = checked({**WAIVER, **waiver})
    assert waived(report) == covered
    assert [(one.rule, one.says) for one in report.findings if one.rule.startswith("WVR")] == said


def test_an_unknown_rule_is_an_error_and_the_rule_that_found_something_is_suggested() -> None:
    report = checked({**WAIVER, "rule": "A3O03"})
    (finding,) = (one for one in report.findings if one.rule == "WVR03")
    assert finding.severity is ropa.Severity.ERROR
    assert "did you mean `A3003`?" in finding.message
    assert not report.ok


@pytest.mark.parametrize(
    ("subject", "suggestion"),
    [
        ("activities.pai", "activities.pay"),
        ("activites.pay", "activities.pay"),
        ("activities.news.purpose.mail", "activities.news.purposes.mail"),
        ("activities.nothing-like-it", None),
        ("activities", None),
        ("activities.pay.purposes", None),  # a field, not a record
        ("transfers.mail.instruments[9]", None),
        (".activities.pay", "activities.pay"),
        ("waivers.w0", None),
        ("name", None),
        ("[0]", None),
    ],
)
def test_a_subject_that_is_no_record_is_a_reference_to_nothing(subject: str, suggestion: str | None) -> None:
    loaded = ropa.load_text(text_with({**WAIVER, "subject": subject}))
    (fault,) = loaded.problems
    assert (fault.rule, fault.path, fault.place.line) == ("SRC08", "waivers.w0.subject", LINE)
    assert (f"did you mean `{suggestion}`?" in fault.message) == (suggestion is not None)


def test_where_a_file_or_a_section_could_not_be_read_no_subject_is_missed(tmp_path: Path) -> None:
    loaded = ropa.load_text(text_with(WAIVER).replace("activities:", "activites:", 1))
    assert [one.rule for one in loaded.problems] == ["SRC05"]
    (tmp_path / "a.yaml").write_text(text_with({**WAIVER, "subject": "parties.bank"}), encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(b"parties: {bank: {name: \xff}}")
    assert [one.rule for one in ropa.load(tmp_path).problems] == ["SRC01"]


def test_a_path_narrows_a_waiver_to_one_of_several_findings_on_a_record() -> None:
    register = REGISTER + "services: {host: {name: Hosting, controllers: [mailer]}}\n"
    places = ["services.host.controllers[0]", "services.host.processing"]
    whole = {**WAIVER, "rule": "A3011", "subject": "services.host"}
    for waiver, covered in (
        (whole, places),
        ({**whole, "path": places[0]}, places[:1]),
        ({**whole, "path": places[1]}, places[1:]),
        ({**whole, "path": "services.host"}, []),
    ):
        report = ropa.check(ropa.load_text(text_with(waiver, register=register)), on=DAY)
        assert sorted(one.path for one in report.findings if one.rule == "A3011") == places
        assert sorted(one.path for one in report.waived) == covered


@pytest.mark.parametrize(
    ("days", "named", "said"),
    [
        (("2026-10-07", "2026-12-31"), "w1", []),
        (("2026-12-31", "2026-10-07"), "w0", []),
        (("2026-10-06", "2026-10-07"), "w1", []),  # an older one that lapsed is history
        (("2026-10-06", "2026-10-01"), None, [("WVR01", "waivers.w0")]),
    ],
)
def test_of_two_waivers_of_one_finding_the_one_that_holds_longest_is_named(
    days: tuple[str, str], named: str | None, said: list[tuple[str, str]]
) -> None:
    report = checked(*({**WAIVER, "until": day} for day in days))
    assert [one.waiver and one.waiver.id for one in report.waived] == ([named] if named else [])
    assert about(report) == said


# --- where nothing can be known, nothing is said


@pytest.mark.parametrize("until", ["2026-10-06", "2026-10-07"])
@pytest.mark.parametrize(
    ("options", "waiver"),
    [
        ({"ignore_rules": ["A3003"]}, {}),
        ({"select_rules": ["TRF"]}, {}),
        ({"select_rules": ["WVR"]}, {}),
        ({"on": date(2024, 12, 31)}, {}),  # the record is not in place on that day
        ({}, {"rule": "DE01"}),  # the pack is not asked for
        ({"without": ["us-dpf"]}, {"subject": "activities.news"}),
        ({"on": date(2018, 5, 24)}, {"rule": "no rule"}),  # before the GDPR no rule runs
    ],
)
def test_a_waiver_whose_rule_did_not_look_is_neither_lapsed_nor_unmatched(
    options: dict[str, Any], waiver: dict[str, str], until: str
) -> None:
    report = checked({**WAIVER, **waiver, "until": until}, **options)
    assert about(report) == []
    assert not report.waived


def test_a_rule_that_may_be_among_those_nobody_trusted_is_not_called_unknown() -> None:
    waiver = {**WAIVER, "rule": "OWN01"}
    assert about(checked(waiver)) == [("WVR03", "waivers.w0")]
    report = checked(waiver, unread_rules=["own.py"])
    assert about(report) == []
    assert [one.rule for one in report.unable] == ["own.py"]


# --- the property

FOUND = checked(on=DAY).findings
RULES = st.sampled_from([*sorted({one.rule for one in FOUND}), "A3001", "TRF01", "A30", "SRC01", "WVR01", "nothing"])
SUBJECTS = st.sampled_from([*sorted({one.subject for one in FOUND}), "controller", "register"])
DAYS = st.dates(date(2026, 10, 4), date(2026, 10, 10))
OWN = st.sampled_from(FOUND).map(lambda one: {"rule": one.rule, "subject": one.subject, "path": one.path})


@st.composite
def some_waiver(draw: st.DrawFn) -> dict[str, str]:
    whose = draw(OWN | st.fixed_dictionaries({"rule": RULES, "subject": SUBJECTS}))
    if draw(st.booleans()):
        whose = {key: value for key, value in whose.items() if key != "path"}
    until = draw(DAYS)
    begun = {"accepted_on": draw(DAYS.filter(lambda day: day <= until)).isoformat()} if draw(st.booleans()) else {}
    return {**WAIVER, **whose, **begun, "until": until.isoformat()}


@pytest.mark.property
@given(st.lists(some_waiver(), min_size=1, max_size=4))
def test_a_waiver_never_hides_any_finding_other_than_its_own(waivers: list[dict[str, str]]) -> None:
    """The same is found with waivers as without; exactly what one names, on its days, does not count."""
    report = checked(*waivers)
    found = [one for one in report.findings if not one.rule.startswith("WVR")]
    assert [(one.rule, one.fingerprint) for one in found] == [(one.rule, one.fingerprint) for one in FOUND]
    for finding in found:
        own = [
            at
            for at, one in enumerate(waivers)
            if (one["rule"], one["subject"]) == (finding.rule, finding.subject)
            and one.get("path", finding.path) == finding.path
            and one.get("accepted_on", "") <= DAY.isoformat()
        ]
        held = [at for at in own if waivers[at]["until"] >= DAY.isoformat()]
        assert finding.counts == (not held)
        assert (finding.waiver is not None and int(finding.waiver.id[1:]) in held) == bool(held)
        assert (finding.lapsed is not None) == bool(own and not held)
    assert all(one.counts for one in report.findings if one.rule.startswith("WVR"))


# --- every output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    texts = text_with(WAIVER, {**WAIVER, "subject": "activities.news"}).partition("waivers:")
    (tmp_path / "register" / "a.yaml").write_text(texts[0], encoding="utf-8")
    (tmp_path / "register" / "w.yaml").write_text("".join(texts[1:]), encoding="utf-8")  # sections merge
    return tmp_path


def test_exit_codes_are_those_of_what_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(text_with(WAIVER), encoding="utf-8")
    asked = ["check", str(file), "--select", "A3003", "--no-config"]
    assert main([*asked, "--on", "2026-10-07", "--fail-on", "info"]) == 0
    assert main([*asked, "--on", "2026-10-08"]) == 1
    capsys.readouterr()
    assert main([*asked, "--on", "2026-10-08", "--fail-on", "never"]) == 0
    assert "WVR01" in capsys.readouterr().out
    file.write_text(text_with({**WAIVER, "until": "soon"}), encoding="utf-8")
    assert main([*asked, "--on", "2026-10-07"]) == 2


@pytest.mark.parametrize(
    ("language", "counted", "held"),
    [
        ("en", "1 waived", "through 2026-10-07, accepted by The DPO (waivers.w0): They are being written."),
        ("nl", "1 aanvaard", "tot en met 2026-10-07, aanvaard door The DPO (waivers.w0): They are being written."),
        ("de", "1 akzeptiert", "bis einschließlich 2026-10-07, akzeptiert durch The DPO (waivers.w0): They are"),
        ("fr", "1 accepté", "jusqu'au 2026-10-07 inclus, accepté par The DPO (waivers.w0) : They are being"),
    ],
)
def test_the_text_lists_what_is_waived_at_the_end(
    folder: Path, language: str, counted: str, held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(folder / "register"), "--select", "A3003", "--on", "2026-10-07", "--language", language])
    out = capsys.readouterr().out
    assert f"\n{counted}\n  {folder.as_posix()}/register/a.yaml:10:5 " in out
    assert f", {counted}\n" in out, "counted in the summary"
    assert held in " ".join(out.split())
    assert out.index("WVR02") < out.index(f"\n{counted}\n")
    assert out.count("A3003 ") == 2, "the waived one, and the waiver that matches nothing names its rule"


def test_json_has_the_waiver_and_fits_its_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(folder / "register"), "--on", "2026-10-07", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    schema = json.loads(Path("schemas/report.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(report)
    (finding,) = (one for one in report["findings"] if one["rule"] == "A3003")
    assert finding["waiver"] == {
        "id": "w0", "reason": "They are being written.", "accepted_by": "The DPO", "until": "2026-10-07",
    }  # fmt: skip
    assert all(one["waiver"] is None for one in report["findings"] if one is not finding)
    counted = [one for one in report["findings"] if one["severity"] == "error" and one["waiver"] is None]
    assert report["counts"] | {"waived": 1, "known": 0, "error": len(counted)} == report["counts"]


def test_what_a_waiver_says_cannot_command_a_terminal() -> None:
    report = checked(
        {**WAIVER, "reason": "\u001b[31m\u202e\n::error::x", "accepted_by": {"nl": "De FG", "en": "O\u0007"}}
    )
    out = ropa.render(report)
    assert not {"\x1b", "\u202e", "\x07"} & set(out)
    assert "\n::error" not in out
    assert "De FG" in ropa.render(report, language="nl")


def rows_of(book: CalamineWorkbook, name: str) -> list[list[str]]:
    return [list(map(str, row)) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_workbook_shows_waivers_and_no_waived_finding_as_open(name: str, tmp_path: Path) -> None:
    report = checked(WAIVER)
    ropa.export(report, tmp_path / "x.xlsx", language="en", layout=name)
    book = CalamineWorkbook.from_path(tmp_path / "x.xlsx")
    rows = rows_of(book, "Findings")
    at = {key.split(".", 2)[2]: number for number, key in enumerate(rows[KEYS - 1]) if key}
    last = rows[-1]
    assert last[at["severity"]] == "error\nwaived"
    assert last[at["waiver"]] == "through 2026-10-07, by The DPO\nThey are being written."
    assert [row[at["waiver"]] for row in rows[FIRST - 1 : -1]] == [""] * (len(report.findings) - 1)
    cover = str(rows_of(book, "Cover"))
    assert "waived: 1" in cover
    assert f"errors: {report.counts[ropa.Severity.ERROR]} " in cover
    assert "2026-10-07" in str(rows_of(book, "Waivers")[FIRST - 1])
    styled = openpyxl.load_workbook(tmp_path / "x.xlsx")["Findings"]
    assert styled.cell(len(rows), at["severity"] + 1).style == "ropa unset"
    ropa.export(report, tmp_path / "y.xlsx", language="en", layout=name, authority=True)
    told = CalamineWorkbook.from_path(tmp_path / "y.xlsx")
    assert "Waivers" not in told.sheet_names
    text = str([rows_of(told, sheet) for sheet in told.sheet_names])
    assert "They are being written" not in text
    assert "waived" not in text


def test_a_record_says_how_many_open_findings_it_has(tmp_path: Path) -> None:
    def said(*waivers: dict[str, str]) -> dict[str, str]:
        ropa.export(checked(*waivers, select_rules=["A3003", "LB01"]), tmp_path / "x.xlsx", language="en")
        rows = rows_of(CalamineWorkbook.from_path(tmp_path / "x.xlsx"), "Register")
        column = rows[KEYS - 1].index("register.en.findings")
        return {row[0]: row[column] for row in rows[FIRST - 1 :]}

    assert said() == {"news": "warning (1)", "pay": "error (1)"}
    assert said(WAIVER) == {"news": "warning (1)", "pay": ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_waivers_come_back_from_the_workbook(language: str, tmp_path: Path) -> None:
    folder, file = tmp_path / "register", tmp_path / "x.xlsx"
    folder.mkdir()
    (folder / "r.yaml").write_text(text_with({**WAIVER, "accepted_on": "2026-01-02"}, WAIVER), encoding="utf-8")
    loaded = ropa.load(folder)
    ropa.export(ropa.check(loaded, on=DAY), file, language=language)
    assert ropa.import_workbook(loaded, file).changes == ()
    book = openpyxl.load_workbook(file)
    sheet = next(one for one in book.worksheets if str(one.cell(KEYS, 1).value).startswith("waivers."))
    at = {str(cell.value).split(".", 2)[2]: int(cell.column or 0) for cell in sheet[KEYS] if cell.value}
    sheet.cell(FIRST, at["until"]).value = "2027-01-31"
    sheet.cell(FIRST + 1, at["id"]).value = "another"  # the second goes, and a new one comes
    sheet.cell(FIRST + 1, at["reason"]).value = "Something else is being moved."
    book.save(file)
    found = ropa.import_workbook(loaded, file)
    assert found.ok, found.refused
    found.write()
    again = ropa.load(folder).register
    assert again is not None
    assert sorted(again.waivers) == ["another", "w0"]
    assert again.waivers["w0"].until == date(2027, 1, 31)
    assert again.waivers["another"].subject == "activities.pay"


def test_a_day_that_is_none_is_refused_on_the_way_back(tmp_path: Path) -> None:
    folder, file = tmp_path / "register", tmp_path / "x.xlsx"
    folder.mkdir()
    (folder / "r.yaml").write_text(text_with(WAIVER), encoding="utf-8")
    for typed, key in (("for ever", "no_day"), ("", "would_fault")):
        loaded = ropa.load(folder)
        ropa.export(ropa.check(loaded, on=DAY), file, language="en")
        book = openpyxl.load_workbook(file)
        at = next(cell.column for cell in book["Waivers"][KEYS] if str(cell.value).endswith(".until"))
        book["Waivers"].cell(FIRST, int(at or 0)).value = typed
        book.save(file)
        assert [one.key for one in ropa.import_workbook(loaded, file).refused] == [key]


def test_own_fields_of_waivers_are_checked(tmp_path: Path) -> None:
    schema = {"properties": {"ticket": {"type": "string"}}, "additionalProperties": False}
    (tmp_path / "own.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    for ticket, rules in (("A-1", []), (1, ["SRC10"])):
        text = text_with({**WAIVER, "extensions": {"ticket": ticket}})
        text += "extension_schemas: {waivers: own.schema.json}\n"
        (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
        assert [one.rule for one in ropa.load(tmp_path).problems] == rules


# --- the page


def test_the_page_shows_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path("docs/waivers.md").read_text(encoding="utf-8")
    text = page.partition("```yaml\n")[2].partition("```")[0]
    loaded = ropa.load_text(text)
    assert not loaded.problems
    report = ropa.check(loaded, on=DAY)
    assert [(one.rule, one.waiver and one.waiver.id) for one in report.waived] == [("LB01", "basis-of-newsletters")]
    assert about(report) == []
    (tmp_path / "my-register").mkdir()
    (tmp_path / "my-register" / "register.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = page.partition("```console\n")[2].partition("```")[0].splitlines()
    assert len(commands) == 3
    for command in commands:
        assert main([*command.partition("  #")[0].split()[1:], "--on", "2026-10-07"]) == 0, command
    for target in re.findall(r"\]\(\.\./(\S+?)\)", page):
        assert Path(__file__).parents[1].joinpath(target).is_file()
