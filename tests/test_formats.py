"""The formats for CI: valid by their schemas, and deaf to what a register says in them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

import ropa
from ropa.baseline import baseline_of
from ropa.checking import Crash
from ropa.cli import main
from ropa.findings import Acceptance
from ropa.languages import LANGUAGES
from ropa.reports import FORMATS, Form
from ropa.reports.fitting import LIMIT
from ropa.rules import Severity
from ropa.source import Place
from ropa.source.visible import FORBIDDEN

ROOT = Path(__file__).parent.parent
SCHEMAS = Path(__file__).parent / "schemas"
REGISTERS = sorted(folder.name for folder in (ROOT / "registers").iterdir() if folder.is_dir())
ON = date(2026, 10, 7)
NASTY = "\x1b[31m\n::error file=x::pwned\r%0A##[error]##vso[x] ]]> <script>alert(1)</script> | `a` @team #1 [x](http://e.example) {0} \u202e\u0000"
HOSTILE_FILE = b"::error::%0A,\n<b>|`@team #1\xff[x](y).yaml"


# What the platforms make of the formats


def sarif_schema() -> dict[str, Any]:
    """Return the schema, with what errata 01 of the standard adds for a producer."""
    schema: dict[str, Any] = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    starts = [{"required": [one]} for one in ("startLine", "charOffset", "byteOffset")]
    schema["definitions"]["region"]["anyOf"] = starts
    for holder in ("run", "toolComponent"):
        schema["definitions"][holder]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"
    return schema


SARIF = jsonschema.Draft4Validator(sarif_schema(), format_checker=jsonschema.FormatChecker())
GITLAB = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "gitlab-code-quality.schema.json").read_text("utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the commands that GitHub's runner finds in the output of a step: in the new form, and in the old."""
    for line in text.splitlines():
        assert not re.search(r"##\w*\[", line)
        found = re.match(r"\s*::(\w+)(?: (.*?))?::(.*)", line)
        if found:
            pairs = [pair.partition("=") for pair in (found[2] or "").split(",")]
            yield found[1], {key: unescaped(value) for key, _, value in pairs}, unescaped(found[3])


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def sarif(report: ropa.Report, **how: Any) -> dict[str, Any]:
    text = ropa.render(report, "sarif", **how)
    log = json.loads(text)
    SARIF.validate(log)
    assert text.isascii()
    assert not list(commands(text))
    for key, said in strings(log):
        assert not FORBIDDEN.search(said)
        if key == "uri":
            assert re.fullmatch(r"(file:/)?([\w.~/-]|%[0-9A-F]{2})+", said, re.ASCII)
    for _, said in strings([one["message"] for one in log["runs"][0]["results"]]):  # §3.11.5, §3.11.6
        assert not re.search(r"\]\(|(?<!\{)\{(\{\{)*(?!\{)", said)
    return log["runs"][0]  # type: ignore[no-any-return]


def strings(data: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of plain data, with the key that it stands under."""
    if isinstance(data, str):
        yield key, data
    for name, value in data.items() if isinstance(data, dict) else ():
        yield from strings(value, name)
    for value in data if isinstance(data, list) else ():
        yield from strings(value, key)


def junit(report: ropa.Report, **how: Any) -> ET.Element:
    text = ropa.render(report, "junit", **how)
    JUNIT.validate(text)
    assert not FORBIDDEN.search(text)
    assert not list(commands(text))
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert {one.tag for one in root.iter()} <= {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out"}  # fmt: skip
    return root


def gitlab(report: ropa.Report, **how: Any) -> list[dict[str, Any]]:
    text = ropa.render(report, "gitlab", **how)
    entries: list[dict[str, Any]] = json.loads(text)
    GITLAB.validate(entries)
    assert text.isascii()
    assert not any(FORBIDDEN.search(said) for key, said in strings(entries) if key != "path")
    assert not list(commands(text))
    assert len({one["fingerprint"] for one in entries}) == len(entries)
    return entries


def github(report: ropa.Report, **how: Any) -> list[tuple[str, dict[str, str], str]]:
    text = ropa.render(report, "github", **how)
    found = list(commands(text))
    assert len(found) == len(text.splitlines()) - 1 == text.count("\n") - 1  # and the last line counts
    assert not FORBIDDEN.search(text)
    assert {name for name, _, _ in found} <= {"error", "warning", "notice"}
    assert all(set(given) <= {"file", "line", "col", "title"} for _, given, _ in found)
    return found


def markdown(report: ropa.Report, **how: Any) -> str:
    text = ropa.render(report, "markdown", **how)
    assert len(text) <= LIMIT
    assert not FORBIDDEN.search(text)
    assert not list(commands(text))
    words = re.sub(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)|\\.", " ", text)  # less its code, and what a backslash keeps
    assert set(re.findall(r"<[^>]*>", words)) <= {"<br>", "<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>"}  # fmt: skip
    assert not re.search(r"@\w|\]\(|://", words)
    return text


def found_in(report: ropa.Report, **how: Any) -> dict[str, int]:
    """Return how many findings, commands or elements each format holds, once it has been found valid."""
    return {
        "sarif": len(sarif(report, **how)["results"]),
        "junit": len(list(junit(report, **how).iter("testcase"))),
        "gitlab": len(gitlab(report, **how)),
        "github": len(github(report, **how)),
        "markdown": len(re.findall(r"(?m)^- \*\*", markdown(report, **how))),
    }


def expected(report: ropa.Report) -> dict[str, int]:
    counting = sum(finding.counts for finding in report.findings)
    waived = sum(finding.waiver is not None for finding in report.findings)
    silent = {*report.run} - {finding.rule for finding in report.findings}
    reasons = len({str(one.why) for one in report.unable})
    cases = len(silent) + len(report.findings) + len(report.skipped) + len(report.crashes)
    return {
        "sarif": len(report.findings),
        "junit": cases,
        "gitlab": counting + len(report.crashes),
        "github": counting + len(report.crashes) + reasons,
        "markdown": counting + waived,
    }


# The registers they are held against


@cache
def example(name: str) -> ropa.Report:
    return ropa.check(ropa.load(ROOT / "registers" / name), on=ON)


def hostile(folder: Path, *, whole: bool = True) -> ropa.Report:
    """Check a register of which each text is nasty, in a file whose name is too; if not whole, also its keys are."""
    text = NASTY.replace("\u0000", "")
    named = {"name": text}
    register: dict[str, Any] = {
        "ropa": 1,
        "controller": {**named, "country": "NL", "dpo": named},
        "activities": {
            "a": {**named, "description": text, "purposes": {"p": {**named, "legal_basis": {"article": "6(1)(f)", "interest": text}}}, "data": ["d"], "data_subjects": ["s"], "recipients": ["r"]},
            "b": {"name": {"nl": text, "en": text}, "purposes": {"p": named}},
        },
        "data": {"d": {**named, "special": ["health"]}},
        "data_subjects": {"s": named},
        "parties": {"r": {**named, "role": "processor", "country": "US"}},
        "transfers": {"t": {"to": "r", "instruments": [{"adequacy": "us-privacy-shield"}]}},
    }  # fmt: skip
    if not whole:
        register[text] = register["parties"]["r"][text] = text
    file = os.fsencode(folder) + b"/" + HOSTILE_FILE
    with open(file, "wb") as stream:  # noqa: PTH123 - its name is no text
        stream.write(json.dumps(register).encode())
    report = ropa.check(ropa.load(folder), on=ON)
    assert bool(report.loaded.problems) is not whole
    return report


def waived(report: ropa.Report, at: int = 0, said: str = "being moved") -> ropa.Report:
    waiver = Acceptance("w", reason=said, by=said, until=date(2026, 12, 31))
    found = [replace(one, waiver=waiver) if number == at else one for number, one in enumerate(report.findings)]
    return replace(report, findings=tuple(found))


# The cases


def test_each_form_has_what_writes_it() -> None:
    assert set(FORMATS) == set(get_args(Form))
    with pytest.raises(ValueError, match="sarif"):
        ropa.render(example("sensus"), "yaml")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REGISTERS)
def test_every_format_of_every_example_is_valid_and_says_all(name: str, language: str) -> None:
    report = example(name)
    assert found_in(report, language=language) == expected(report)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whole", [True, False])
def test_a_hostile_register_and_file_name_command_nothing(whole: bool, language: str, tmp_path: Path) -> None:
    report = hostile(tmp_path, whole=whole)
    report = waived(report, said=NASTY)
    report = replace(report, crashes=(Crash("TRF04", NASTY, NASTY),))
    assert len(report.findings) > (1 if whole else 0)
    assert found_in(report, language=language) == expected(report)


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_same_bytes(form: Form) -> None:
    report = example("sensus")
    assert ropa.render(report, form) == ropa.render(report, form)


def test_sarif_has_what_github_requires() -> None:
    """The fields that GitHub's documentation of code scanning calls required."""
    run = sarif(example("sensus"))
    assert run["tool"]["driver"]["name"] == "ropa"
    assert "informationUri" not in run["tool"]["driver"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["id"]
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert "security-severity" not in rule["properties"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert (ROOT / place["artifactLocation"]["uri"].replace(str(ROOT) + "/", "")).is_file() or place["artifactLocation"]["uri"].startswith("file:///")  # fmt: skip
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= place["region"].keys()
        assert result["partialFingerprints"]


def test_sarif_shows_the_chain_of_a_finding() -> None:
    report = example("sensus")
    chained = next(one for one in report.findings if one.trail)
    result = sarif(report)["results"][report.findings.index(chained)]
    flow = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [one["location"]["logicalLocations"][0]["fullyQualifiedName"] for one in flow] == list(chained.trail)
    assert [one["id"] for one in result["relatedLocations"]] == list(range(1, len(chained.related) + 1))
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == chained.path


def test_sarif_shows_the_other_place_of_a_fault() -> None:
    report = ropa.check(ropa.load_text("ropa: 1\ncontroller: {name: A, name: B}\n"), on=ON)
    related = sarif(report)["results"][0]["relatedLocations"]
    assert [one["physicalLocation"]["region"]["startColumn"] for one in related] == [14]
    assert "codeFlows" not in sarif(report)["results"][0]


def test_sarif_says_which_rules_run_and_on_which_law() -> None:
    report = replace(example("sensus"), crashes=(Crash("TRF04", "transfers.x", "KeyError: 'x'"),))
    run = sarif(report)
    assert {one["id"] for one in run["tool"]["driver"]["rules"]} >= set(report.run)
    assert run["properties"]["on"] == "2026-10-07"
    assert run["properties"]["lawVersion"] == report.law.version
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "KeyError" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert "national pack" in invocation["toolConfigurationNotifications"][0]["message"]["text"]
    assert sarif(example("sensus"))["invocations"][0]["executionSuccessful"] is True


REGISTER = """\
ropa: 1
controller: {name: Example B.V., country: NL}
parties:
  mailer: {name: Mailer Inc., country: US, role: processor}
transfers:
  mailings:
    to: mailer
    instruments: [{adequacy: us-privacy-shield, listed: yes}]
"""


@cache
def small() -> ropa.Report:
    return ropa.check(ropa.load_text(REGISTER), on=ON, select_rules=["TRF04", "PRC01", "A3001"])


def fingerprints(text: str) -> dict[str, int]:
    run = sarif(ropa.check(ropa.load_text(text), on=ON, select_rules=["TRF04", "PRC"]))
    return {one["partialFingerprints"]["ropa/v1"]: one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in run["results"]}  # fmt: skip


def test_a_fingerprint_stays_while_lines_move_and_goes_with_its_subject() -> None:
    before = fingerprints(REGISTER)
    moved = fingerprints("# a line\n" * 20 + REGISTER)
    assert before
    assert moved == {one: line + 20 for one, line in before.items()}
    renamed = fingerprints(REGISTER.replace("mailings:", "letters:").replace("mailer", "poster"))
    assert len(renamed) == len(before)
    assert not set(renamed) & set(before)


def test_gitlab_tells_the_registers_of_a_repository_apart() -> None:
    here, there = (ropa.check(ropa.load_text(REGISTER, name), on=ON) for name in ("a.yaml", "b.yaml"))
    assert not {one["fingerprint"] for one in gitlab(here)} & {one["fingerprint"] for one in gitlab(there)}


def test_a_waived_finding_is_suppressed_with_its_reason() -> None:
    report = waived(example("sensus"))
    results = sarif(report)["results"]
    assert results[0]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "being moved — accepted by being moved until 2026-12-31"}]  # fmt: skip
    assert all(one["suppressions"] == [] for one in results[1:])
    before, after = expected(example("sensus")), found_in(report)
    assert (after["gitlab"], after["github"]) == (before["gitlab"] - 1, before["github"] - 1)
    skipped = [one.attrib["message"] for one in junit(report).iter("skipped") if "2026-12-31" in one.get("message", "")]
    assert len(skipped) == 1
    folded = markdown(report).partition("<details><summary>1 waived</summary>")[2]
    assert "being moved — accepted by being moved until 2026-12-31" in folded


def test_a_finding_of_the_baseline_is_of_old() -> None:
    report = example("sensus")
    assert all("baselineState" not in one for one in sarif(report)["results"])
    report = ropa.check(report.loaded, on=report.on, baseline=baseline_of(report.findings[:1]))
    assert [one["baselineState"] for one in sarif(report)["results"]][:2] == ["unchanged", "new"]
    assert found_in(report)["gitlab"] == len(report.findings) - 1
    assert "1 known from the baseline" in markdown(report)
    assert "1 known from the baseline" in ropa.render(report, "github").splitlines()[-1]


@pytest.mark.parametrize(
    ("severity", "github_says", "gitlab_says", "junit_says", "sarif_says"),
    [
        (Severity.ERROR, "error", "critical", "failure", "error"),
        (Severity.WARNING, "warning", "minor", "failure", "warning"),
        (Severity.INFO, "notice", "info", "system-out", "note"),
    ],
)
def test_severities_are_mapped(
    severity: Severity, github_says: str, gitlab_says: str, junit_says: str, sarif_says: str
) -> None:
    report = example("sensus")
    report = replace(report, findings=(replace(report.findings[0], severity=severity),))
    assert github(report)[0][0] == github_says
    assert gitlab(report)[0]["severity"] == gitlab_says
    assert len(list(junit(report).iter(junit_says))) == 1
    assert sarif(report)["results"][0]["level"] == sarif_says


def test_what_cannot_be_read_is_a_blocker() -> None:
    report = ropa.check(ropa.load_text("ropa: 1\nfoo: 1\n"), on=ON)
    assert {one["severity"] for one in gitlab(report)} == {"blocker"}
    assert sarif(report)["invocations"][0]["executionSuccessful"] is False


def test_annotations_begin_with_the_gravest() -> None:
    report = example("sensus")
    first, *others = report.findings
    report = replace(report, findings=(replace(first, severity=Severity.INFO), *others))
    names = [name for name, _, _ in github(report)]
    assert names == sorted(names, key=["error", "warning", "notice"].index)
    assert len(set(names)) == 3


def test_a_long_report_fits_a_comment_and_says_what_it_leaves_out() -> None:
    report = example("sensus")
    many = tuple(replace(one, occurrence=number) for number in range(20) for one in report.findings)
    text = markdown(replace(report, findings=many))
    shown = len(re.findall(r"(?m)^- \*\*", text))
    assert 60_000 < len(text) <= LIMIT
    assert f"{len(many) - shown} more are left out here" in text
    assert "#### Errors (" in text


@pytest.mark.property
@given(st.text(st.characters()), st.sampled_from(LANGUAGES))
def test_no_text_of_a_register_changes_what_a_format_holds(text: str, language: str) -> None:
    """For all texts in names, paths, files, reasons and errors: each format parses, and holds as many things."""
    report = small()
    findings = [
        replace(one, facts=dict.fromkeys(one.facts, text), path=text, subject=text, place=Place(text), trail=(text,), related=(Place(text),), occurrence=at)
        for at, one in enumerate(report.findings)
    ]  # fmt: skip
    report = waived(replace(report, findings=tuple(findings), crashes=(Crash("TRF04", text, text),)), said=text)
    assert len(findings) > 1
    assert found_in(report, language=language) == expected(report)


# The command line


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a register in a folder, where a job works in that folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "legal" / "register").mkdir(parents=True)
    (tmp_path / "legal" / "register" / "all.yaml").write_text(REGISTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "legal")
    return tmp_path


def test_reports_are_written_beside_the_text(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = repository / "out"
    code = main(["check", "register", "--on", "2026-10-07", "--report", f"sarif={out}/a.sarif", "--report", f"junit={out}/a.xml"])  # fmt: skip
    assert code == 1
    assert "TRF04" in capsys.readouterr().out
    log = json.loads((out / "a.sarif").read_text(encoding="utf-8"))
    JUNIT.validate(str(out / "a.xml"))
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]}
    assert places == {"legal/register/all.yaml"}
    assert log["runs"][0]["automationDetails"]["id"] == "ropa/legal/register/"


def test_a_whole_path_becomes_one_of_the_repository(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(repository / "legal" / "register"), "--format", "gitlab"])
    assert {one["location"]["path"] for one in json.loads(capsys.readouterr().out)} == {"legal/register/all.yaml"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_asked_for(form: Form, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "register", "--format", form, "--output", "out.txt"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["check", "register", "--format", form]) == 1
    assert capsys.readouterr().out == Path("out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["--report", "sarif"], "no FORMAT=FILE"),
        (["--report", "yaml=x"], "no FORMAT=FILE"),
        (["--report", "sarif=register/all.yaml"], "a file of the register"),
        (["--report", "sarif=x", "--report", "junit=./x"], "two reports"),
        (["--report", "sarif=x", "--output", "x"], "two reports"),
        (["--report", "junit=y", "--report", "sarif=register"], "could not be written"),
    ],
)
def test_a_report_that_cannot_be_written_is_told(
    wrong: list[str], says: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["check", "register", *wrong])
    except SystemExit as exited:
        code = int(exited.code or 0)
    assert code == 2
    assert says in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["register"]
    assert Path("register/all.yaml").read_text(encoding="utf-8") == REGISTER


def test_a_device_is_written_to_and_stays_a_device(repository: Path) -> None:
    assert main(["check", "register", "--report", "sarif=/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()
