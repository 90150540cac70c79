"""Each page's Bad fires its rule at the marked line, and its Good fires nothing of that rule."""

import re
from datetime import date

import pytest

import ropa
from ropa.rules import catalogue
from ropa.source import FAULTS, Page
from ropa.source.fault import fault_page
from ropa.source.page import placeholders

DAY = date(2026, 11, 22)
PAGES = {one.id: one.page for one in catalogue()} | {one: fault_page(one) for one in FAULTS}
HEADINGS = ("What it checks", "Why", "Bad", "Good", "What to do", "When to waive", "Sources")


def blocks(page: Page, heading: str) -> list[str]:
    part = page.body.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)


def found(text: str, rule: str) -> list[tuple[str, int]]:
    report = ropa.check(ropa.load_text(text), on=DAY)
    assert not report.crashes
    return [(one.rule, one.place.line) for one in report.findings if rule in (one.rule, "") or one.rule[:3] == "SRC"]


@pytest.mark.parametrize("rule", PAGES)
def test_bad_fires_the_rule_at_the_marked_line(rule: str) -> None:
    bad = blocks(PAGES[rule], "Bad")
    assert bad
    for text in bad:
        marked = [(rule, at) for at, line in enumerate(text.splitlines(), 1) if f"<- {rule}" in line]
        assert found(text, rule) == marked


@pytest.mark.parametrize("rule", PAGES)
def test_good_fires_nothing(rule: str) -> None:
    good = blocks(PAGES[rule], "Good")
    assert good
    for text in good:
        assert found(text, rule) == []


@pytest.mark.parametrize("rule", PAGES)
def test_page_is_whole(rule: str) -> None:
    page = PAGES[rule]
    assert page.id == rule
    assert tuple(re.findall(r"^## (.+)$", page.body, re.MULTILINE)) == HEADINGS
    assert {"en", "nl"} <= page.name.keys()
    for variant in page.says.values():
        names = {
            frozenset(placeholders(text))
            for part in ("message", "fix")
            for text in [*variant[part].values()]
            if part == "message"
        }
        assert len(names) == 1, "each language fills the same placeholders"
        for part in ("message", "fix"):
            assert {"en", "nl"} <= variant[part].keys()


def test_ids_and_files_agree() -> None:
    rules = catalogue()
    assert len({one.id for one in rules}) == len(rules)
    for one in rules:
        assert one.looks.__module__ == f"ropa.rules.{one.family.lower()}.{one.looks.__name__}"
        assert one.summary.endswith(".")
