"""The questions on the command line: the law of a day, what a thing touches, what falls with an instrument."""

import json
from pathlib import Path

import pytest

from ropa.cli import main

SENSUS = str(Path(__file__).parent.parent / "registers" / "sensus")


def asked(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(asked(capsys, *words, "--format", "json"))
    return found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("territory", "NL"), "data flow there freely"),
        (("territory", "uk", "--on", "2021-06-27"), "not yet a third country"),
        (("territory", "RE"), "belongs to FR"),
        (("territory", "CW", "--language", "nl"), "een derde land"),
        (("territory", "KE"), "No adequacy decision"),
        (("instruments", "US", "--on", "2020-07-15"), "us-privacy-shield"),
        (("instruments", "--all"), "eu-2001-497"),
        (("instruments", "--on", "2022-12-27"), "ended, existing contracts hold"),
        (("status",), "Omnibus IV"),
        (("transfer", "--to", "US", "--on", "2022-05-01"), "nothing in force to rest on"),
        (("transfer", "--to", "GB", "--on", "2024-01-01"), "it covers this transfer"),
        (("transfer", "--to", "NO"), "no transfer to a third country"),
        (
            (
                "transfer",
                "--to",
                "IN",
                "--instrument",
                "{derogation: 49(1)(b), reason: a booking}",
                "--recurring",
                "no",
            ),
            "it covers this transfer",
        ),
        (("transfer", "--to", "IN", "--instrument", "binding-rules"), "controllers or as processors?"),
        (
            (
                "transfer",
                "--from",
                "IE",
                "--to",
                "IN",
                "--roles",
                "P2P",
                "--instrument",
                "{clauses: eu-2021-914, module: 2}",
            ),
            "another relation",
        ),
    ],
)
def test_a_question_about_the_law(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str) -> None:
    day = () if "--on" in words else ("--on", "2026-10-01")
    assert says in " ".join(asked(capsys, "law", *words, *day).split())
    assert answer(capsys, "law", *words, *day)["on"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("territory", "XX"), "no ISO 3166-1 country code"),
        (("transfer", "--to", "US", "--instrument", "us-dfp"), "did you mean us-dpf?"),
        (("transfer", "--to", "US", "--instrument", "{adequacy: us-dpf, listd: yes}"), "listd: no such field"),
        (("transfer", "--to", "US", "--instrument", "{adequacy: us-dpf"), "SRC02"),
        (("transfer", "--to", "US", "--instrument", "49(1)(z)"), "49-1"),
    ],
)
def test_what_is_not_understood_is_said(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str) -> None:
    assert says in asked(capsys, "law", *words, code=2)


def test_an_answer_after_the_last_check_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not known" in asked(capsys, "law", "territory", "US", "--on", "2027-01-01")
    assert "is not known" not in asked(capsys, "law", "territory", "US", "--on", "2026-10-07")


def test_what_falls_without_an_instrument(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("check", SENSUS, "--on", "2020-07-15", "--without", "us-privacy-shield", "--fail-on", "never")
    text = asked(capsys, *words)
    assert "If EU-US Privacy Shield ended on 2020-07-15" in text
    what = answer(capsys, *words)["what_if"]
    assert isinstance(what, dict)
    assert [(one["id"], one["fate"]) for one in what["transfers"]] == [
        ("google-analytics-us", "falls"),
        ("newsletters-us", "falls"),
    ]
    touched = what["transfers"][1]["touches"]
    assert [one["id"] for one in touched["activities"]] == ["newsletters"]
    assert [one["id"] for one in touched["data_subjects"]] == ["customers", "newsletter-readers"]
    assert [one["id"] for one in touched["data"]] == ["names", "contact-details"]


def test_what_ended_before_cannot_fall(capsys: pytest.CaptureFixture[str]) -> None:
    text = asked(capsys, "check", SENSUS, "--without", "us-privacy-shield", "--fail-on", "never")
    assert "was not in force on that day anyway" in text
    assert "No transfer in the register would lose its ground" in text


def test_a_fallback_saves_and_an_open_question_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(
        """
ropa: 1
controller: {name: Example B.V., dpo: {name: Ann, contact: {email: ann@example.org}}}
data: {health: {name: Health, special: [health]}}
data_subjects: {patients: {name: Patients, number: 1200}}
systems: {files: {name: Files, party: mailer, data: [health]}}
activities: {care: {name: Care, data: [health], data_subjects: [patients], systems: [files], recipients: [mailer, other]}}
services: {hosting: {name: Hosting, controllers: [clinic], sub_processors: [mailer]}}
parties:
  mailer: {name: Mailer Inc., country: US, role: processor, parent: group}
  other: {name: Other Inc., country: US, role: processor}
  group: {name: Group Inc., country: US}
  clinic: {name: Clinic, country: NL, role: controller}
transfers:
  saved: {to: mailer, instruments: [{adequacy: us-dpf, listed: yes}, {clauses: eu-2021-914, module: 2, concluded: 2023-01-01},
    {clauses: eu-2021-914, module: 3, concluded: 2023-01-01}]}
  open: {to: other, instruments: [{adequacy: us-dpf, listed: yes}, {clauses: eu-2021-914, concluded: 2023-01-01}]}
""",
        encoding="utf-8",
    )
    words = ("check", str(file), "--on", "2026-01-01", "--without", "us-dpf", "--select", "TRF04")
    text = asked(capsys, *words)
    assert "open “Other Inc.” would depend on an open question" in text
    assert "Which module of the clauses was concluded?" in text
    assert "saved “Mailer Inc.” would stand on standard contractual clauses of 2021" in text
    for thing in ("group", "mailer", "files", "US", "us-dpf", "parties.mailer", "health", "saved", "care", "hosting"):
        touched = answer(capsys, "impact", str(file), thing)["touches"]
        assert isinstance(touched, dict)
        if thing != "hosting":
            assert [one["id"] for one in touched["activities"]] == ["care"], thing
            assert touched["special_categories"] == ["health"], thing
            assert touched["people"] == {"patients": 1200}, thing
        if thing in ("mailer", "US", "group", "hosting"):
            assert [one["id"] for one in touched["controllers"]] == ["clinic"], thing
    said = asked(capsys, "impact", str(file), "mailer")
    assert "Patients (about 1200)" in said
    assert "Ann, ann@example.org" in said
    assert "did you mean mailer?" in asked(capsys, "impact", str(file), "mailr", code=2)
    assert "Niets in het register" in asked(capsys, "impact", str(file), "JP", "--language", "nl")
