"""An organisation's own law files: what they may add, what is refused, and where they show."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

import ropa
from ropa.cli import main
from ropa.law import Law

REGISTER = """
ropa: 1
controller: {name: Example B.V.}
parties: {mailer: {name: Mailer Inc., country: US, role: processor, contract: {signed: 2024-01-01}}}
transfers: {mail: {to: mailer, instruments: [{adequacy: us-dpf, listed: yes}]}}
"""
ENDS = """\
reason: The judgment of 20 November 2026.
ends:
  end: 2026-11-20
  ended_by: {how: invalid, act: C-703/25 P}
  checked: 2026-11-20
"""
NEW = """\
reason: Adopted last week.
name: {en: Kenya, nl: Kenia}
of: KE
versions:
  - start: 2026-11-01
    value: {covers: {en: all transfers, nl: alle doorgiften}}
    source: {act: Implementing Decision (EU) 2026/9999}
    checked: 2026-11-20
    confidence: high
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_an_end_after_the_last_check_can_be_added(tmp_path: Path) -> None:
    law = Law.load(write(tmp_path, adequacy__us_dpf=ENDS))
    loaded = ropa.load_text(REGISTER)
    for day, severity in ((date(2026, 11, 19), "info"), (date(2026, 11, 20), "error")):
        report = ropa.check(loaded, on=day, law=law, select_rules=["TRF04", "KB02"])
        assert {one.rule: one.severity.value for one in report.findings} == {"TRF04": severity, "KB02": "info"}
    assert Law.load().adequacy("us-dpf").versions[-1].end is None, "the law that comes with ropa stays as it is"


def test_a_new_decision_is_one_file_and_no_code(tmp_path: Path) -> None:
    law = Law.load(write(tmp_path, adequacy__ke=NEW))
    assert set(law.adequacy_for("KE", date(2026, 11, 1))) == {"ke"}
    assert set(law.adequacy_for("KE", date(2026, 10, 31))) == set()
    assert NEW.count("\n") < 30


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        (
            "adequacy__us_dpf",
            ENDS.replace("reason: The judgment of 20 November 2026.\n", ""),
            "us-dpf.yaml:1:1: reason",
        ),
        (
            "adequacy__us_dpf",
            ENDS.replace("end: 2026-11-20", "end: 2026-10-07"),
            "us-dpf.yaml:3:3: ends.end: was in force through",
        ),
        (
            "adequacy__us_dpf",
            ENDS.replace("  ended_by: {how: invalid, act: C-703/25 P}\n", ""),
            "us-dpf.yaml:2:1: ends: needs `ended_by`",
        ),
        ("adequacy__us_dpf", ENDS + "of: CA\n", "us-dpf.yaml:6:1: of: the store says 'US'"),
        ("adequacy__us_dpf", ENDS + "colour: red\n", "us-dpf.yaml:6:1: colour: is not known"),
        (
            "adequacy__us_dpf",
            NEW.split("versions:", maxsplit=1)[0].split("name", maxsplit=1)[0]
            + "versions:"
            + NEW.split("versions:")[1],
            "us-dpf.yaml:3:",
        ),
        ("adequacy__ke", NEW.replace("    source: {act: Implementing Decision (EU) 2026/9999}\n", ""), "ke.yaml:5:"),
        ("adequacy__ke", NEW.replace("of: KE", "of: KE\nking: yes"), "ke.yaml:4:1: king"),
        (
            "adequacy__ke",
            NEW + NEW.split("versions:\n")[1],
            "ke.yaml:10:5: versions.1: the version of 2026-11-01 begins before",
        ),
        ("adequacy__ke", "just text", "ke.yaml:1:1"),
        ("adequcy__ke", NEW, "did you mean adequacy?"),
        ("adequacy__us_privacy_shield", ENDS, "ended on 2020-07-16 already, says the store"),
        ("adequacy__us_dpf", ENDS.replace("end: 2026-11-20", "end: 2027-11-20"), "can have seen an end on 2027-11-20"),
        ("adequacy__us_dpf", ENDS.replace("end: 2026-11-20", "end: 20-11-2026"), "ends.end: wants a day as 2020-07-16"),
        ("adequacy__us_dpf", ENDS.replace("how: invalid", "how: supposed"), "is for questions"),
        ("adequacy__us_dpf", "reason: none\n", "adds nothing"),
        ("adequacy__us_dpf", ENDS + "  day: 2026-11-20\n", "ends.day: is not known"),
        ("events__us_slaughter", "reason: again\nname: other\n", "cannot be added to"),
    ],
)
def test_what_is_refused_is_named_with_file_and_line(
    tmp_path: Path, file: str, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, **{file: text})
    with pytest.raises(ropa.LawError) as caught:
        Law.load(tmp_path)
    assert says in str(caught.value)
    assert main(["law", "status", "--law", str(tmp_path)]) == 2
    assert says in capsys.readouterr().err


def test_an_own_file_is_reported_in_every_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "law", adequacy__us_dpf=ENDS)
    register = tmp_path / "register.yaml"
    register.write_text(REGISTER, encoding="utf-8")
    main(["check", str(register), "--law", str(folder), "--on", "2026-11-20"])
    text = capsys.readouterr().out
    assert "adequacy/us-dpf (The judgment of 20 November 2026.)" in text
    main(["check", str(register), "--law", str(folder), "--on", "2026-11-20", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["law"]["overlays"][0]["reason"] == "The judgment of 20 November 2026."
    main(["law", "transfer", "--to", "US", "--instrument", "us-dpf", "--law", str(folder), "--on", "2026-11-20"])
    assert "With own law file: adequacy/us-dpf" in capsys.readouterr().out
    main(["export", str(register), "--law", str(folder), "--on", "2026-11-20", "-o", str(tmp_path / "out.xlsx")])


def test_a_folder_without_law_files_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(ropa.LawError):
            Law.load(folder)


def test_the_files_that_the_page_shows_are_read(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "own-law.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"```yaml law=(\S+)\n(.*?)```", page, re.DOTALL):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    law = Law.load(tmp_path)
    assert sorted(f"{one.kind}/{one.name}" for one in law.overlays) == [
        "adequacy/ke",
        "adequacy/us-dpf",
        "events/us-judgment",
    ]
    assert law.adequacy_for("US", date(2026, 11, 20)) == {}
    assert law.events("US", date(2026, 11, 20))[-1].day == date(2026, 11, 20)
