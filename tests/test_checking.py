"""The check: what is looked at on which day, what a crash costs, what a selection means."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import ropa
from ropa import checking
from ropa.model import Activity
from ropa.rules import Context, Problem, Severity, rule

TEXT = """
ropa: 1
controller: {name: Example B.V., contact: {email: privacy@example.org}}
parties: {mailer: {name: Mailer Inc., country: US}}
transfers:
  mail:
    to: mailer
    since: 2019-01-01
    until: 2021-01-01
    instruments: [{adequacy: us-privacy-shield, listed: yes}]
"""


@pytest.mark.parametrize(
    ("day", "rules", "passed"),
    [
        (date(2018, 12, 31), [], ("transfers.mail",)),
        (date(2019, 1, 1), ["TRF04"], ()),  # a reminder: valid then, invalid later
        (date(2020, 7, 15), ["TRF04"], ()),
        (date(2020, 7, 16), ["TRF04"], ()),
        (date(2020, 12, 31), ["TRF04"], ()),
        (date(2021, 1, 1), [], ("transfers.mail",)),
    ],
)
def test_a_record_is_looked_at_while_it_is_in_place(day: date, rules: list[str], passed: tuple[str, ...]) -> None:
    report = ropa.check(ropa.load_text(TEXT), on=day)
    assert [one.rule for one in report.findings] == rules
    assert report.passed_over == passed
    assert report.ok == (day < date(2020, 7, 16) or not rules)


@rule("XXX01", on=Activity, severity=Severity.INFO, cites=())
def broken(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """A rule that crashes."""
    raise KeyError(activity.name)
    yield Problem()


def test_a_crashing_rule_is_named_and_costs_no_other_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = ropa.load_text(TEXT + "activities: {a: {name: A}}\n")
    usual = ropa.check(loaded, on=date(2020, 7, 16))
    monkeypatch.setattr(checking, "select", lambda *_: (*ropa.catalogue(), broken))
    report = ropa.check(loaded, on=date(2020, 7, 16))
    assert report.findings == usual.findings
    assert [(one.rule, one.subject) for one in report.crashes] == [("XXX01", "activities.a")]
    assert not report.ok
    assert "XXX01" not in report.run


def test_a_selection_runs_what_it_names_and_nothing_else() -> None:
    loaded = ropa.load_text(TEXT)
    report = ropa.check(loaded, on=date(2020, 7, 16), select_rules=["TRF"], ignore_rules=["TRF04"])
    assert report.findings == ()
    assert "TRF01" in report.run
    assert {one[:3] for one in report.run} == {"TRF"}
    with pytest.raises(ropa.RuleError, match="did you mean TRF"):
        ropa.check(loaded, on=date(2020, 7, 16), select_rules=["TRF44"])


def test_rules_are_pure() -> None:
    """Run together, alone, twice and in any order: the same findings."""
    loaded = ropa.load(Path(__file__).parent.parent / "registers" / "sensus")
    day = date(2026, 11, 22)
    together = {(one.rule, one.fingerprint) for one in ropa.check(loaded, on=day).findings}
    alone = [ropa.check(loaded, on=day, select_rules=[one.id]).findings for one in reversed(ropa.catalogue())]
    assert {(one.rule, one.fingerprint) for findings in alone for one in findings} == together
    assert len({fingerprint for _, fingerprint in together}) == len(together)


def test_lines_that_move_keep_their_fingerprint() -> None:
    day = date(2020, 7, 16)
    (before,) = ropa.check(ropa.load_text(TEXT), on=day).findings
    (after,) = ropa.check(ropa.load_text("# more\n" * 20 + TEXT), on=day).findings
    assert after.place.line == before.place.line + 20
    assert after.fingerprint == before.fingerprint
    (other,) = ropa.check(ropa.load_text(TEXT.replace("  mail:", "  post:")), on=day).findings
    assert other.fingerprint != before.fingerprint


def test_before_the_gdpr_no_rule_can_run_and_says_so() -> None:
    report = ropa.check(ropa.load_text(TEXT), on=date(2018, 5, 24))
    assert (report.findings, report.run) == ((), ())
    assert {one.why["en"] for one in report.skipped} == {"before 2018-05-25 the GDPR did not apply (Art. 99(2))"}
    assert "gold de AVG niet" in ropa.render(report, language="nl")


@pytest.mark.parametrize(("day", "found"), [(date(2020, 7, 15), []), (date(2020, 7, 16), ["TRF12"])])
def test_an_assessment_is_asked_for_since_the_court_asked_for_it(day: date, found: list[str]) -> None:
    text = TEXT.replace("{adequacy: us-privacy-shield, listed: yes}", "{clauses: eu-2010-87, concluded: 2019-01-01}")
    report = ropa.check(ropa.load_text(text), on=day)
    assert [one.rule for one in report.findings] == found


REACH = """\
ropa: 1
controller: {{name: Example B.V., contact: {{email: privacy@example.org}}, employees: {employees}}}
data: {{n: {{name: N}}, u: {{name: U, criminal: unknown}}}}
activities:
  a:
    name: A
    data: {data}
    {said}
    purposes:
      p: {{name: P, legal_basis: {basis}}}
"""


def found_in(text: str) -> set[str]:
    return {one.rule for one in ropa.check(ropa.load_text(text), on=date(2026, 10, 7)).findings}


def test_law_enforcement_is_not_held_to_the_legal_bases_of_the_gdpr() -> None:
    """Art. 2(2)(d): processing for law enforcement falls under Directive (EU) 2016/680."""
    gdpr = {"LB01", "CON01", "CON02", "LI01", "LI02"}
    asked = {"unknown": {"LB01"}, "{article: 6(1)(a)}": {"CON01", "CON02"}, "{article: 6(1)(f)}": {"LI01", "LI02"}}
    for basis, rules in asked.items():
        for answer in ("no", "unknown"):
            said = found_in(REACH.format(employees=5, data="[n]", said=f"law_enforcement: {answer}", basis=basis))
            assert rules <= said, "unknown is not yes"
        assert not gdpr & found_in(REACH.format(employees=5, data="[n]", said="law_enforcement: yes", basis=basis))


@pytest.mark.parametrize(
    ("employees", "said", "exempt"),
    [
        (5, "exemption: {occasional: yes, risk: no}", True),
        (5, "data: [u]\n    exemption: {occasional: yes, risk: no}", False),
        (5, "data: unknown\n    exemption: {occasional: yes, risk: no}", False),
        (5, "exemption: {occasional: yes}", False),
        (5, "exemption: {occasional: yes, risk: unknown}", False),
        (5, "exemption: {occasional: no, risk: no}", False),
        ("unknown", "exemption: {occasional: yes, risk: no}", False),
        (250, "exemption: {occasional: yes, risk: no}", False),
        (5, "description: d", False),
    ],
)
def test_an_exempt_activity_need_not_be_whole(employees: object, said: str, exempt: bool) -> None:
    """Art. 30(5): fewer than 250 persons, occasional, no risk, no data of Art. 9(1) or 10."""
    content = {"A3005", "A3007", "A3009", "A3010"}
    data, _, said = said.rpartition("\n    ")
    text = REACH.format(
        employees=employees, data=data.removeprefix("data: ") or "[n]", said=said, basis="{article: 6(1)(b)}"
    )
    found = found_in(text)
    assert content & found == (set() if exempt else content)
