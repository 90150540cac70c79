"""From which day a rule speaks, and until which: a day of the record is the first on which it counts (half-open)."""

from datetime import date

import pytest

import ropa

HEAD = "ropa: 1\ncontroller: {name: Example B.V.}\n"
PARTIES = """\
parties:
  partner: {name: Partner B.V., role: joint-controller}
  host: {name: Hosting B.V., role: processor, country: NL, contract: CONTRACT}
  mailer: {name: Mailer Inc., role: processor, country: US, contract: {signed: 2024-01-01}}
  desk: {name: Desk Ltd., role: processor, country: GB, contract: {signed: 2024-01-01}}
"""


def activity(fields: str) -> str:
    return f"activities: {{a: {{name: A, recipients: [host], {fields}}}}}\n"


def purpose(fields: str) -> str:
    return activity(f"changed: 2025-03-01, purposes: {{p: {{name: P, {fields}}}}}")


def transfer(to: str, instrument: str) -> str:
    return f"transfers: {{t: {{to: {to}, instruments: [{instrument}]}}}}\n"


DPIA = "dpia: {required: yes, reason: r, done: DONE}"
ASSESSED = "legal_basis: {article: 6(1)(f), interest: i, assessment: {done: DONE}}"
AUTOMATED = "automated_decisions: [{ground: 22(2)(c), logic: l, consequences: c}]"
NOTICE = "notices: {n: {name: N, dated: 2025-03-01, covers: {automated_decisions: no}}}\n"


@pytest.mark.parametrize(
    ("rule", "says", "first", "text"),
    [
        ("PRC01", "ended", "2025-03-01", activity("core: no") + PARTIES.replace("CONTRACT", "{signed: 2024-01-01, until: 2025-03-01}")),
        ("A3014", "changed", "2025-03-01", activity("reviewed: 2025-01-01, changed: 2025-03-01")),
        ("A3014", "old", "2026-03-03", activity("reviewed: 2025-03-01")),
        ("LI03", None, "2025-03-01", purpose(ASSESSED.replace("DONE", "2025-02-28"))),
        ("DPIA06", None, "2025-03-01", activity("changed: 2025-03-01, " + DPIA.replace("DONE", "2025-02-28"))),
        ("ADM05", "notice", "2025-03-01", NOTICE + activity("notices: [n], " + AUTOMATED)),
        ("TRF08", "old", "2025-03-03", transfer("mailer", "{adequacy: us-dpf, listed: {since: 2023-10-02, hr_data: no, checked: 2024-03-01}}")),
        ("TRF09", "expires", "2030-12-27", transfer("desk", "{adequacy: gb}")),
        ("TRF09", "pending", "2025-10-31", transfer("mailer", "{adequacy: us-dpf, listed: {since: 2023-10-02, hr_data: no, checked: 2025-09-01}}")),
    ],
)  # fmt: skip
def test_first_day_on_which_a_rule_speaks(rule: str, says: str | None, first: str, text: str) -> None:
    day = date.fromisoformat(first)
    assert said(rule, text, day, says)
    assert not said(rule, text, date.fromordinal(day.toordinal() - 1), says)


@pytest.mark.parametrize(
    ("rule", "last", "text"),
    [
        ("PRC01", "2025-02-28", activity("core: no") + PARTIES.replace("CONTRACT", "{signed: 2025-03-01}")),
        ("JC01", "2025-02-28", activity("joint_control: {parties: [partner], arrangement: {done: 2025-03-01}}")),
        ("LI02", "2025-02-28", purpose(ASSESSED.replace("DONE", "2025-03-01"))),
        ("DPIA04", "2025-02-28", activity("since: 2018-05-25, " + DPIA.replace("DONE", "2025-03-01").replace("yes, reason: r, ", "unknown, "))),
    ],
)  # fmt: skip
def test_last_day_on_which_a_rule_speaks(rule: str, last: str, text: str) -> None:
    day = date.fromisoformat(last)
    assert said(rule, text, day)
    assert not said(rule, text, date.fromordinal(day.toordinal() + 1))


def test_no_assessment_was_due_for_what_began_before_the_gdpr_applied() -> None:
    """Art. 99(2): it applies from 2018-05-25."""
    text = activity("since: 2018-05-24, dpia: {required: unknown, done: 2025-03-01}")
    assert not said("DPIA04", text, date(2025, 1, 1))
    assert said("DPIA04", text.replace("05-24", "05-25"), date(2025, 1, 1))


def test_an_assessment_of_the_day_of_an_event_knows_the_event() -> None:
    """C-311/18: the assessment is of the law as it then stands; Trump v. Slaughter is of 2026-06-29."""
    text = transfer("mailer", "{clauses: eu-2021-914, module: 2}").replace("]}", "], assessment: {done: DONE}}")
    assert said("TRF13", text.replace("DONE", "2026-06-28"), date(2026, 10, 7))
    assert not said("TRF13", text.replace("DONE", "2026-06-29"), date(2026, 10, 7))


def said(rule: str, text: str, on: date, says: str | None = None) -> bool:
    if "\nparties:" not in text:
        text += PARTIES.replace("CONTRACT", "{signed: 2024-01-01}")
    loaded = ropa.load_text(HEAD + text)
    assert not loaded.problems
    found = ropa.check(loaded, on=on, select_rules=[rule]).findings
    return any(says in (None, one.says) for one in found)
