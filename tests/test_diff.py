"""What changed between two versions of a register, and what that means."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import jsonschema
import pytest
import yaml

import ropa
from ropa.changes import Difference, difference, render_difference
from ropa.changes.consequences import catalogue
from ropa.cli import main
from ropa.languages import LANGUAGES

DAY = date(2026, 11, 25)
TABLE: dict[str, Any] = yaml.load((Path(__file__).parent / "consequences.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506 - our own file, text only # fmt: skip
REGISTERS = sorted(one for one in (Path(__file__).parent.parent / "registers").iterdir() if one.is_dir())


def edited(text: str, edits: dict[str, str]) -> str:
    for old, new in edits.items():
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def compared(before: str, after: str) -> Difference:
    base, head = ropa.load_text(before), ropa.load_text(after)
    assert not [str(problem) for side in (base, head) for problem in side.problems]
    found = difference(base, head, lambda loaded: ropa.check(loaded, on=DAY))
    assert found is not None
    return found


def told(found: Difference) -> set[tuple[str, str]]:
    return {(f"{one.id}/{one.says}", one.subject) for one in found.consequences}


@pytest.mark.parametrize("case", TABLE["cases"])
def test_a_consequence_follows_from_its_change_and_not_from_the_one_beside_it(case: str) -> None:
    row = TABLE["cases"][case]
    before = edited(TABLE["register"], row.get("before", {}))
    assert (case, row["subject"]) in told(compared(before, edited(before, row["when"])))
    assert case not in {name for name, _ in told(compared(before, edited(before, row["not_when"])))}


@pytest.mark.parametrize("case", TABLE["cases"])
def test_a_consequence_says_why_and_what_to_do_in_every_language(case: str) -> None:
    row = TABLE["cases"][case]
    before = edited(TABLE["register"], row.get("before", {}))
    found = compared(before, edited(before, row["when"]))
    one = next(one for one in found.consequences if f"{one.id}/{one.says}" == case)
    assert one.cites
    assert set(one.because) & {path for change in found.changes for path in _paths(change.path)}
    for language in LANGUAGES:
        message, fix = one.words(language)
        assert message.endswith((".", "?"))
        assert fix.endswith(".")
        assert "{" not in message + fix
        assert "compliant" not in (message + fix).lower()


def _paths(path: tuple[str | int, ...]) -> set[str]:
    from ropa.source import format_path

    return {format_path(path)}


def test_every_case_of_every_consequence_is_shown() -> None:
    cases = {f"{name}/{case}" for name, page in catalogue().items() for case in page.says}
    assert cases == set(TABLE["cases"])


@pytest.mark.parametrize("name", catalogue())
def test_all_languages_have_the_same_placeholders(name: str) -> None:
    page = catalogue()[name]
    assert set(page.name) == set(LANGUAGES)
    for says in page.says.values():
        assert set(says["message"]) == set(says["fix"]) == set(LANGUAGES)
        both = [{field for part in ("message", "fix") for _, field, _, _ in Formatter().parse(says[part][language]) if field} for language in LANGUAGES]  # fmt: skip
        assert all(each == both[0] for each in both)


A = """\
ropa: 1
language: nl
controller: {name: Voorbeeld B.V., country: NL}
data: {c: {name: contact}, h: {name: gezondheid, special: [health]}}
data_subjects: {k: {name: klanten}}
measures: {m: {name: versleuteling}}
parties:
  mailer: {name: Mailer, country: NL, role: processor}
  host: {name: unknown, description: hosting, role: processor}
activities:
  news:
    name: Nieuws
    purposes: {a: {name: nieuws sturen, legal_basis: {article: 6(1)(a), consent: {proof: unknown}}}}
    data_subjects: [k]
    data: [c]
    recipients: [mailer, {party: host, purposes: [a]}]
    retention: [{period: P1Y, start: einde}, {data: [c], period: P2Y}]
    measures: [m]
notices: {n: {name: Verklaring, covers: {purposes: [news.a]}}}
transfers: {t: {to: mailer, instruments: [{adequacy: us-dpf}, {clauses: eu-2021-914}]}}
"""


@pytest.mark.parametrize(
    ("edits", "kind", "what"),
    [
        ({"data: [c]\n    rec": "data: [c, h]\n    rec"}, "added", "activities.data"),
        ({"name: nieuws sturen": "name: reclame sturen"}, "changed", "activities.purposes.name"),
        ({"{article: 6(1)(a), consent: {proof: unknown}}": "{article: 6(1)(b)}"}, "changed", "activities.purposes.legal_basis"),
        ({"proof: unknown": "proof: logboek"}, "changed", "activities.purposes.legal_basis.consent.proof"),
        ({"[mailer, {party: host, purposes: [a]}]": "[{party: host, purposes: [a]}]"}, "removed", "activities.recipients"),
        ({"P2Y": "P5Y"}, "changed", "activities.retention.period"),
        ({"start: einde": "start: laatste contact"}, "changed", "activities.retention.start"),
        ({"measures: [m]": "measures: none"}, "changed", "activities.measures"),
        ({"mailer: {name: Mailer, country: NL": "mailer: {name: Mailer, country: US"}, "changed", "parties.country"),
        ({"name: Mailer": "name: Mailer N.V."}, "changed", "parties.name"),
        ({"[{adequacy: us-dpf}, {clauses: eu-2021-914}]": "[{clauses: eu-2021-914}, {adequacy: us-dpf}]"}, "reordered", "transfers.instruments"),
        ({"{adequacy: us-dpf}, ": ""}, "removed", "transfers.instruments"),
        ({"eu-2021-914}": "eu-2021-914, module: 2}"}, "added", "transfers.instruments.module"),
        ({"data_subjects: {k: {name: klanten}}": "data_subjects: {k: {name: klanten}, p: {name: prospects}}"}, "added", "data_subjects"),
        ({"name: klanten": "name: {nl: klanten, en: customers}"}, "translated", "data_subjects.name"),
        ({"language: nl": "language: nl\nname: Register"}, "added", "name"),
    ],
)  # fmt: skip
def test_a_change_is_named_once_and_nothing_else_in_both_directions(
    edits: dict[str, str], kind: str, what: str
) -> None:
    there = compared(A, edited(A, edits))
    assert [(one.kind, one.what) for one in there.changes] == [(kind, what)]
    back = compared(edited(A, edits), A)
    opposite = {"added": "removed", "removed": "added"}.get(kind, kind)
    assert [(one.kind, one.what) for one in back.changes] == [(opposite, what)]
    assert (back.changes[0].before, back.changes[0].after) == (there.changes[0].after, there.changes[0].before)


@pytest.mark.parametrize(
    "edits",
    [
        {"host: {name": "hosting: {name", "{party: host,": "{party: hosting,"},
        {"mailer: {name": "post: {name", "[mailer, ": "[post, ", "to: mailer": "to: post"},
        {"  news:": "  nieuws:", "[news.a]": "[nieuws.a]"},
        {"{a: {name": "{sturen: {name", "purposes: [a]}": "purposes: [sturen]}", "news.a": "news.sturen"},
        {"{t: {to": "{transfer: {to"},
        {"c: {name": "contact: {name", "data: [c]\n": "data: [contact]\n", "{data: [c]": "{data: [contact]"},
        {"measures: {m:": "measures: {crypto:", "measures: [m]": "measures: [crypto]"},
    ],
)
def test_an_id_that_changed_is_no_change(edits: dict[str, str]) -> None:
    found = compared(A, edited(A, edits))
    assert not found.changes
    assert not found.consequences
    assert not found.appeared
    assert not found.vanished
    assert len(found.comparison.renames.found) == 1


def test_ids_that_changed_together_are_followed_through_one_another() -> None:
    after = A
    for old, new in {"mailer": "post", "news": "nieuws", "{a: {": "{b: {", "[a]": "[b]", "nieuws.a": "nieuws.b", " c: {": " k1: {", "{c: {": "{k1: {", "[c]": "[k1]"}.items():  # fmt: skip
        after = after.replace(old, new)
    found = compared(A, after)
    assert not found.changes
    assert set(found.comparison.renames.found.values()) == {"post", "nieuws", "b", "k1"}


def test_another_vendor_under_another_id_is_no_rename() -> None:
    found = compared(A, edited(A, {"mailer: {name: Mailer,": "brevo: {name: Brevo,", "[mailer, ": "[brevo, ", "to: mailer": "to: brevo"}))  # fmt: skip
    assert {(one.kind, one.what) for one in found.changes} >= {("added", "parties"), ("removed", "parties")}
    assert not found.comparison.renames


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("recipients: [mailer, {party: host, purposes: [a]}]", "recipients: [{party: host, purposes: [a]}, {party: mailer}]"),
        ("name: Nieuws", "name: {nl: Nieuws}"),
        ("legal_basis: {article: 6(1)(a), consent: {proof: unknown}}", "legal_basis: [{consent: {proof: unknown}, article: 6(1)(a)}]"),
        ("retention: [{period: P1Y, start: einde}, {data: [c], period: P2Y}]", "retention: [{data: [c], period: P2Y}, {start: einde, period: P1Y}]"),
        ("measures: {m: {name: versleuteling}}", "measures: {m: {name: versleuteling, tags: []}}  # said otherwise"),
    ],
)  # fmt: skip
def test_what_is_only_written_otherwise_is_no_change(old: str, new: str) -> None:
    assert not compared(A, edited(A, {old: new})).changes


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_a_register_does_not_differ_from_itself_in_one_file_or_many(register: Path, tmp_path: Path) -> None:
    loaded = ropa.load(register)
    together = tmp_path / "all.yaml"
    together.write_text(yaml.safe_dump(loaded.sources.merged, allow_unicode=True, sort_keys=True), encoding="utf-8")
    for schema in register.glob("*.schema.json"):
        (tmp_path / schema.name).write_bytes(schema.read_bytes())
    found = difference(loaded, ropa.load(tmp_path), lambda one: ropa.check(one, on=DAY))
    assert found is not None
    assert not [(one.kind, one.path) for one in found.changes]
    assert not found.consequences
    assert not found.appeared
    assert render_difference(found) == "The register says the same.\n"


# --- the command

SCHEMA = json.loads((Path(__file__).parent.parent / "schemas" / "diff.schema.json").read_text(encoding="utf-8"))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def _run(*arguments: str) -> tuple[int, str, str]:
        code = main(["diff", *arguments, "--on", "2026-11-25"])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("old", A), ("new", edited(A, {"P2Y": "P5Y", "country: NL, role": "country: US, role"}))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.yaml").write_text(text, encoding="utf-8")
    return "./old", "./new"


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("change", 1), ("consequence", 1), ("error", 0), ("warning", 1), ("info", 1)]
)
def test_the_exit_code_is_0_unless_asked(run: Run, two: tuple[str, str], fail_on: str, code: int) -> None:
    assert run(*two, "--fail-on", fail_on)[0] == code
    assert run("./new", "./new", "--fail-on", fail_on)[0] == 0


def test_the_text_names_record_statement_and_line(run: Run, two: tuple[str, str]) -> None:
    code, out, _ = run(*two)
    assert code == 0
    assert "  Activity “Nieuws”  activities.news  new/register.yaml:11" in out
    assert "~ Time limits for erasure (contact): Period: 2 years → 5 years (longer)" in out
    assert "~ Established in: Netherlands → United States" in out
    assert "Third country" in out
    assert out.endswith("things to do, 1 new finding, 1 finding gone\n") or "things to do" in out.splitlines()[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_json_fits_its_schema_and_is_the_same_each_time(run: Run, two: tuple[str, str], language: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    code, out, _ = run(*two, "--format", "json", "--language", language)
    assert code == 0
    jsonschema.validate(json.loads(out), SCHEMA)
    assert run(*two, "--format", "json", "--language", language)[1] == out


def test_a_side_that_cannot_be_read_is_said_with_file_and_line(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "new" / "more.yaml").write_text("activities: {x: {nam: y}}\n", encoding="utf-8")
    code, out, err = run(*two)
    assert (code, out) == (2, "")
    assert "new/more.yaml:1" in err


def test_a_side_that_does_not_exist_is_an_error(run: Run, two: tuple[str, str]) -> None:
    code, out, err = run("./old", "./nowhere")
    assert (code, out) == (2, "")
    assert "nowhere" in err


def test_names_cannot_inject_into_the_markdown(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    evil = '"<script>x</script> @team [l](http://e.x) | `x` ![i](y)\\n# big\\n- [ ] task"'
    new = edited(A, {"name: Nieuws": f"name: {evil}", "P2Y": "P5Y"})
    (tmp_path / "new" / "register.yaml").write_text(new, encoding="utf-8")
    _, out, _ = run(*two, "--format", "markdown")
    assert "<script" not in out
    assert "@team" not in out
    assert "[l](http" not in out
    headings = [line for line in out.splitlines() if line.startswith("#")]
    assert headings == ["### What this change of the register means", "#### To do", "#### Changes", *headings[3:]]
    assert not any("big" in line for line in headings)


def test_a_comment_fits_where_comments_go(run: Run, tmp_path: Path) -> None:
    many = "\n".join(f"  a{n}: {{name: {'long ' * 60}{n}}}" for n in range(400))
    for name, text in (("old", A), ("new", A.replace("activities:\n", f"activities:\n{many}\n"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.yaml").write_text(text, encoding="utf-8")
    _, out, _ = run("./old", "./new", "--format", "markdown")
    assert len(out) < 65_536
    assert "more; see the full report" in out


def test_what_takes_effect_later_is_said(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    later = edited(A, {"mailer: {name: Mailer,": "mailer: {name: Mailer, until: 2027-03-01,"})
    (tmp_path / "new" / "register.yaml").write_text(later, encoding="utf-8")
    _, out, _ = run(*two)
    assert "Takes effect after 2026-11-25, and is not judged here: 2027-03-01. Ask with `--on`." in out
    assert json.loads(run(*two, "--format", "json")[1])["later"] == ["2027-03-01"]


def test_a_side_named_by_nothing_is_refused(run: Run, two: tuple[str, str]) -> None:
    assert run("", "./new")[0] == 2
    assert run("./old", "")[0] == 2


def test_an_instrument_that_changes_keeps_its_place() -> None:
    found = compared(A, edited(A, {"{adequacy: us-dpf}": "{adequacy: us-dpf, listed: unknown}"}))
    assert [(one.kind, one.what) for one in found.changes] == [("added", "transfers.instruments.listed")]


def test_a_record_within_a_record_is_called_by_its_own_name() -> None:
    found = compared(A, edited(A, {"    measures: [m]": "    measures: [m]\n    dpia: {criteria: {monitoring: yes}}"}))
    assert "+ Dpia: criteria: monitoring: yes" in render_difference(found)


def test_a_new_country_of_a_recipient_changes_the_notice() -> None:
    found = compared(A, edited(A, {"mailer: {name: Mailer, country: NL": "mailer: {name: Mailer, country: IN"}))
    notice = next(one for one in found.consequences if one.id == "notice-to-update")
    assert "the transfers to third countries (Art. 13(1)(f))" in notice.message


def test_an_activity_with_another_id_and_another_name_is_no_new_one() -> None:
    found = compared(
        A, edited(A, {"  news:": "  letters:", "name: Nieuws": "name: Brieven", "[news.a]": "[letters.a]"})
    )
    assert [(one.kind, one.what) for one in found.changes] == [("changed", "activities.name")]
    assert "activity-ended" not in {one.id for one in found.consequences}


def test_an_officer_who_is_gone_is_said() -> None:
    before = edited(A, {"country: NL}\ndata:": "country: NL, dpo: {name: R. Officer}}\ndata:"})
    found = compared(before, edited(A, {"country: NL}\ndata:": "country: NL, dpo: none}\ndata:"}))
    assert "dpo-changed" in {one.id for one in found.consequences}


def test_no_file_of_either_side_is_written_over(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    for side in ("old", "new"):
        file = tmp_path / side / "register.yaml"
        before = file.read_bytes()
        assert run(*two, "--output", str(file))[0] == 2
        assert file.read_bytes() == before


def test_one_long_name_does_not_push_what_is_to_be_done_out_of_the_comment() -> None:
    name = "lang " * 14_000
    after = edited(A, {"name: Nieuws": f"name: {name}", "P2Y": "P5Y", "data: [c]\n    rec": "data: [c, h]\n    rec"})
    comment = render_difference(compared(A, after), "markdown")
    assert comment.count("- [ ]") == len(compared(A, after).consequences) > 1
    assert len(comment.encode("utf-16-le")) // 2 < 65_536


def test_processing_for_law_enforcement_is_not_judged_by_the_gdpr() -> None:
    before = edited(A, {"    name: Nieuws\n": "    name: Nieuws\n    law_enforcement: yes\n"})
    found = compared(before, edited(before, {"P2Y": "P5Y", "data: [c]\n    rec": "data: [c, h]\n    rec"}))
    assert len(found.changes) == 2
    assert found.consequences == ()
