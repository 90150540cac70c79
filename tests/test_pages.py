"""Each page's Bad fires its rule at the marked line, and its Good fires nothing."""

import json
import re
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import pytest
import yaml

import ropa
from ropa.cli import main
from ropa.languages import LANGUAGES
from ropa.law import Law
from ropa.rules import catalogue
from ropa.rules.unruled import UNRULED, unruled_page
from ropa.source import FAULTS, Page
from ropa.source.page import placeholders

DAY = date(2026, 10, 7)
PAGES = {one.id: one.page for one in catalogue()} | {one: unruled_page(one) for one in UNRULED}
SAID = FilePath(__file__).parent / "said.yaml"
HEADINGS = ("What it checks", "Why", "Bad", "Good", "What to do", "When to waive", "Sources")


def blocks(page: Page, heading: str, folder: FilePath) -> list[tuple[str, date, Law]]:
    """Return the registers of a page with the day they are about (`# on: …`) and the law, own files included.

    A block can also ask for a national pack (`# pack: DE-LED`).
    A block that names a law file (```yaml law=adequacy/us-dpf.yaml) goes with the registers after it.
    """
    part = page.body.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    law, found = Law.load(), []
    for file, text in re.findall(r"```yaml(?: law=(\S+))?\n(.*?)```", part, re.DOTALL):
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
            law = Law.load(folder)
        else:
            on = re.search(r"^# on: (\S+)$", text, re.MULTILINE)
            found.append((text, date.fromisoformat(on[1]) if on else DAY, law))
    return found


def fired(block: tuple[str, date, Law], rule: str) -> list[ropa.Finding]:
    """Return what the rule found in a block, and what any other rule found in what the block writes; not what it waives.

    A block is an excerpt of a register: what other rules miss in it because it leaves it out is not counted.
    """
    text, day, law = block
    packs = re.findall(r"^# pack: (\S+)$", text, re.MULTILINE)
    loaded = ropa.load_text(text)
    report = ropa.check(loaded, on=day, law=law, packs=packs)
    assert not report.crashes
    found = [one for one in report.findings if one.counts]
    return [one for one in found if one.rule == rule or one.rule in FAULTS or writes(loaded, one)]


def writes(loaded: ropa.Loaded, finding: ropa.Finding) -> bool:
    """Tell whether the text writes what a finding is about; the law data are never part of it (KB01)."""
    value: Any = loaded.sources.merged
    for step in re.findall(r"[^.\[\]]+", finding.path):
        try:
            value = value[int(step) if isinstance(value, list) else step]
        except (KeyError, TypeError, ValueError):
            return False
    return finding.rule != "KB01"


def marked(block: tuple[str, date, Law]) -> list[tuple[str, int]]:
    """Return the rules that a block's marks (`# <- TRF04`) say, each with its line."""
    return [(mark, at) for at, line in enumerate(block[0].splitlines(), 1) for mark in re.findall(r"<- (\w+)", line)]


@pytest.mark.parametrize("rule", PAGES)
def test_bad_fires_the_rule_at_the_marked_line(rule: str, tmp_path: FilePath) -> None:
    bad = blocks(PAGES[rule], "Bad", tmp_path)
    assert bad
    for block in bad:
        assert rule in dict(marked(block))
        assert sorted((one.rule, one.place.line) for one in fired(block, rule)) == sorted(marked(block))


@pytest.mark.parametrize("rule", PAGES)
def test_good_fires_nothing(rule: str, tmp_path: FilePath) -> None:
    """Nothing, that is, except where a mark says that a neighbour takes over."""
    good = blocks(PAGES[rule], "Good", tmp_path)
    assert good
    for block in good:
        assert rule not in dict(marked(block))
        assert sorted((one.rule, one.place.line) for one in fired(block, rule)) == sorted(marked(block))


ELSEWHERE = {"supposed"}
"""Said only in answer to what if (`--without`), which no page can show."""


@pytest.mark.parametrize("rule", [one for one in PAGES if one not in FAULTS])
def test_bad_shows_everything_that_the_rule_can_say(rule: str, tmp_path: FilePath) -> None:
    page = PAGES[rule]
    first = next(iter(page.says))
    found = [one for block in blocks(page, "Bad", tmp_path) for one in fired(block, rule)]
    said = {one.says or first for one in found if one.rule == rule}
    assert said == page.says.keys() - ELSEWHERE


def test_the_rules_say_what_was_read(request: pytest.FixtureRequest, tmp_path: FilePath) -> None:
    """Word for word what each rule says of its page's Bad, in both languages: tests/said.yaml holds what a person read."""
    now = {
        rule: [said(one) for block in blocks(PAGES[rule], "Bad", tmp_path) for one in fired(block, rule)]
        for rule in PAGES
    }
    if request.config.getoption("accept"):
        SAID.write_text(yaml.safe_dump(now, allow_unicode=True, sort_keys=False, width=118), encoding="utf-8")
    before = yaml.safe_load(SAID.read_text(encoding="utf-8"))
    assert now.keys() == before.keys()
    for rule, found in now.items():
        assert found == before[rule]


def said(finding: ropa.Finding) -> dict[str, object]:
    return {
        "finds": f"{finding.rule} {finding.severity.value} at {finding.path}, line {finding.place.line}",
        "cites": "; ".join(finding.cites),
        **{language: " ".join(finding.words(language)) for language in ("en", "nl")},
        **({"trail": list(finding.trail)} if finding.trail else {}),
    }


@pytest.mark.parametrize("rule", PAGES)
def test_page_is_whole(rule: str) -> None:
    page = PAGES[rule]
    assert page.id == rule
    assert tuple(re.findall(r"^## (.+)$", page.body, re.MULTILINE)) == HEADINGS
    assert set(page.name) == set(LANGUAGES)
    for variant in page.says.values():
        for part in ("message", "fix"):
            assert set(variant[part]) == set(LANGUAGES)
            names = {frozenset(placeholders(text)) for text in variant[part].values()}
            assert len(names) == 1, "each language fills the same placeholders"


def test_ids_and_files_agree() -> None:
    rules = catalogue()
    assert len({one.id for one in rules}) == len(rules)
    for one in rules:
        assert one.looks.__module__ == f"ropa.rules.{one.family.lower()}.{one.looks.__name__}"
        assert one.summary.endswith(".")


def test_the_index_of_pages_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "markdown", "--no-config"]) == 0
    index = (FilePath(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")
    assert index == capsys.readouterr().out
    linked = re.findall(r"^\| \[(\w+)\]\(\.\./(\S+)\)", index, re.MULTILINE)
    assert {one for one, _ in linked} == PAGES.keys(), "the codes and the pages are the same set"
    assert all((FilePath(__file__).parent.parent / page).is_file() for _, page in linked)


def test_rules_by_article_and_severity(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--article", "30", "--severity", "error", "--format", "json", "--no-config"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert "A3007" in [row["id"] for row in rows]
    assert all("GDPR 30" in " ".join(row["cites"]) and row["severity"] == "error" for row in rows)
    assert all(row["id"] and row["name"] and row["summary"] and row["page"] for row in rows)
