"""The law as data: every fact loads, and answers as the acts say on the days around their turns."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.errors import LawDataError, UnknownLawError
from ropa.law import Circumstances, Law, Relation, State
from ropa.law.kinds import AdequacyFact, ClauseFact, NumberFact, TerritoryFact
from ropa.model import Adequacy, Clauses, Instrument, Roles
from ropa.model.base import Fact

LAW = Law.load()
KINDS: dict[str, type[Any]] = {
    "adequacy": AdequacyFact,
    "clauses": ClauseFact,
    "territory": TerritoryFact,
    "numbers": NumberFact,
}
FACTS = [(kind, name) for kind in KINDS for name in LAW.names(kind)]


def fact(kind: str, name: str) -> AdequacyFact | ClauseFact | TerritoryFact | NumberFact:
    found = LAW._fact(kind, name, KINDS[kind])
    assert isinstance(found, (AdequacyFact, ClauseFact, TerritoryFact, NumberFact))
    return found


def state(instrument: Instrument, country: str, on: str, roles: Roles | None = None) -> State:
    circumstances = Circumstances(countries=(country,), relations=(Relation(roles),))
    return LAW.transfer([instrument], circumstances, on=date.fromisoformat(on)).state


def adequacy(name: str, *, listed: Fact | None = None, **conditions: Fact) -> Adequacy:
    """A claim with its answers; `automated_processing` stands for `automated-processing`."""
    answers = {one.replace("_", "-"): answer for one, answer in conditions.items()}
    return Adequacy(adequacy=name, listed=listed, conditions=answers)


def clauses(name: str, concluded: str, unchanged: Fact | None = None) -> Clauses:
    return Clauses(clauses=name, concluded=date.fromisoformat(concluded), processing_unchanged=unchanged)


# Every file


@pytest.mark.parametrize(("kind", "name"), FACTS)
def test_every_file_loads(kind: str, name: str) -> None:
    found = fact(kind, name)
    assert isinstance(found.name, dict)
    assert {"en", "nl"} <= set(found.name)
    assert all(one.checked <= LAW.verified_through for one in found.versions)
    if isinstance(found, TerritoryFact):
        assert found.code.lower() == name
    if isinstance(found, AdequacyFact):
        assert (found.of is None) != (found.organisation is None)


@pytest.mark.parametrize(("kind", "name"), FACTS)
def test_every_file_says_first_what_it_is(kind: str, name: str) -> None:
    text = (LAW._root / kind / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")


@pytest.mark.parametrize("name", LAW.names("adequacy"))
def test_every_condition_is_a_question_in_english_and_dutch(name: str) -> None:
    for version in LAW.adequacy(name).versions:
        for condition in version.value.conditions.values():
            assert isinstance(condition.question, dict)
            assert {"en", "nl"} <= set(condition.question)
            assert all(question.endswith("?") for question in condition.question.values())


def test_all_of_the_union_the_eea_and_the_decisions_are_there() -> None:
    facts = [LAW.territory(one) for one in LAW.names("territory")]
    versions = [fact.on(date(2024, 1, 1)) for fact in facts if fact]
    inside = [version.value.status for version in versions if version and version.value.inside]
    assert {one: inside.count(one) for one in sorted(set(inside))} == {
        "eea-efta": 3,
        "eu-member": 27,
        "eu-territory": 7,
    }
    assert len(LAW.names("adequacy")) == 21
    assert len(LAW.names("clauses")) == 9


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)))
@pytest.mark.property
def test_on_no_day_are_two_versions_of_a_fact_in_force(day: date) -> None:
    for kind, name in FACTS:
        assert sum(one.in_force(day) for one in fact(kind, name).versions) <= 1


@pytest.mark.parametrize(("kind", "name"), FACTS)
def test_versions_do_not_meet_on_the_days_around_their_turns(kind: str, name: str) -> None:
    versions = fact(kind, name).versions
    turns = {turn for one in versions for turn in (one.start, one.end) if turn}
    for day in {turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)}:
        assert sum(one.in_force(day) for one in versions) <= 1


# Territory


@pytest.mark.parametrize(
    ("country", "on", "inside"),
    [
        ("NO", "2019-01-01", True),
        ("NO", "2018-05-25", True),  # Directive 95/46 with free flow until Joint Committee Decision 154/2018
        ("LI", "1995-04-30", False),
        ("LI", "1995-05-01", True),
        ("GB", "2019-06-01", True),
        ("GB", "2020-01-31", True),
        ("GB", "2020-02-01", True),
        ("GB", "2020-12-31", True),
        ("GB", "2021-01-01", True),
        ("GB", "2021-06-27", True),
        ("GB", "2021-06-28", False),
        ("RE", "2024-01-01", True),
        ("YT", "2013-12-31", False),
        ("YT", "2014-01-01", True),
        ("AX", "2024-01-01", True),
        ("CW", "2024-01-01", False),
        ("BQ", "2024-01-01", False),
        ("FO", "2024-01-01", False),
        ("GI", "2024-01-01", False),
        ("CH", "2024-01-01", False),
        ("HR", "2013-06-30", False),
        ("HR", "2013-07-01", True),
    ],
)
def test_inside(country: str, on: str, inside: bool) -> None:
    assert LAW.inside(country, date.fromisoformat(on)) is inside


def test_the_united_kingdom_has_no_gap() -> None:
    for day in ("2019-06-01", "2020-02-01", "2021-01-01", "2021-06-27"):
        assert LAW.inside("GB", date.fromisoformat(day))
    uk = LAW.adequacy("gb")
    assert uk.versions[0].start == date(2021, 6, 28)
    assert [one.start for one in uk.versions[1:]] == [one.end for one in uk.versions[:-1]]


# Adequacy decisions


@pytest.mark.parametrize(
    ("claim", "country", "on", "expected"),
    [
        (adequacy("us-privacy-shield", listed="yes"), "US", "2020-07-15", State.COVERED_LATER_INVALIDATED),
        (adequacy("us-privacy-shield", listed="yes"), "US", "2020-07-16", State.ENDED),
        (adequacy("us-privacy-shield", listed="no"), "US", "2020-07-15", State.CONDITION_NOT_MET),
        (adequacy("us-safe-harbour", listed="yes"), "US", "2019-01-01", State.ENDED),
        (adequacy("us-dpf", listed="yes"), "US", "2023-07-09", State.NOT_YET),
        (adequacy("us-dpf", listed="yes"), "US", "2023-07-10", State.COVERED),
        (adequacy("us-dpf", listed="yes"), "US", "2026-10-07", State.COVERED),
        (adequacy("us-dpf", listed="no"), "US", "2026-10-07", State.CONDITION_NOT_MET),
        (adequacy("us-dpf"), "US", "2026-10-07", State.CONDITIONAL),
        (adequacy("us-dpf", listed="yes"), "CA", "2026-10-07", State.OUT_OF_SCOPE),
        (adequacy("gb"), "GB", "2021-06-27", State.NOT_A_TRANSFER),
        (adequacy("gb"), "GB", "2021-06-28", State.COVERED),
        (adequacy("gb"), "GB", "2025-06-28", State.COVERED),
        (adequacy("gb"), "GB", "2025-12-19", State.COVERED),
        (adequacy("gb"), "GB", "2025-12-28", State.COVERED),
        (adequacy("gb"), "GB", "2031-12-27", State.COVERED),
        (adequacy("gb"), "GB", "2031-12-28", State.ENDED),
        (adequacy("gb-led"), "GB", "2025-12-28", State.OUT_OF_SCOPE),
        (adequacy("br", lgpd="yes"), "BR", "2026-01-25", State.NOT_YET),
        (adequacy("br", lgpd="yes"), "BR", "2026-01-27", State.UNCERTAIN_WINDOW),
        (adequacy("br", lgpd="yes"), "BR", "2026-01-28", State.COVERED),
        (adequacy("ca", pipeda="unknown"), "CA", "2024-01-01", State.CONDITIONAL),
        (adequacy("ca"), "CA", "2024-01-01", State.CONDITIONAL),
        (adequacy("ca", pipeda="no"), "CA", "2024-01-01", State.CONDITION_NOT_MET),
        (adequacy("ca", pipeda="yes"), "CA", "2024-01-01", State.COVERED),
        (adequacy("fo", faroese_act="yes"), "FO", "2024-01-01", State.COVERED),
        (adequacy("uy", automated_processing="yes"), "UY", "2024-01-01", State.COVERED),
        (adequacy("il"), "IL", "2024-01-01", State.CONDITIONAL),
        (adequacy("jp", appi="yes"), "JP", "2019-01-22", State.NOT_YET),
        (adequacy("jp", appi="yes"), "JP", "2019-01-23", State.COVERED),
        (adequacy("kr", pipa="yes"), "KR", "2021-12-16", State.NOT_YET),
        (adequacy("kr", pipa="yes"), "KR", "2021-12-17", State.COVERED),
        (adequacy("ch"), "CH", "2018-05-24", State.PRE_GDPR),
        (adequacy("ch"), "CH", "2018-05-25", State.COVERED),
    ],
)
def test_adequacy_on_a_day(claim: Adequacy, country: str, on: str, expected: State) -> None:
    assert state(claim, country, on) is expected


def test_the_immigration_exclusion_went_with_the_renewal_of_2025() -> None:
    before, after = LAW.adequacy("gb").versions
    assert len(before.value.excludes) == len(after.value.excludes) + 1
    assert "immigration" in str(before.value.excludes)
    assert "immigration" not in str(after.value.excludes)


def test_an_appeal_is_pending_and_changes_nothing() -> None:
    framework = LAW.adequacy("us-dpf")
    assert "C-703/25 P" in [one.source.act for one in framework.pending]
    assert framework.versions[-1].end is None


def test_the_patent_organisation_is_no_country() -> None:
    assert LAW.adequacy("epo").organisation == "EPO"
    assert LAW.adequacy("epo").of is None


def test_decisions_for_a_country_are_those_of_the_day() -> None:
    assert set(LAW.adequacy_for("US", date(2019, 1, 1))) == {"us-privacy-shield"}
    assert set(LAW.adequacy_for("US", date(2022, 1, 1))) == set()
    assert set(LAW.adequacy_for("US", date(2024, 1, 1))) == {"us-dpf"}
    assert set(LAW.adequacy_for("GB", date(2024, 1, 1))) == {"gb"}
    assert set(LAW.adequacy_for("HU", date(2003, 1, 1))) == {"hu-historic"}
    assert set(LAW.adequacy_for("HU", date(2004, 5, 1))) == set()


# Clauses


@pytest.mark.parametrize(
    ("claim", "on", "expected"),
    [
        (clauses("eu-2010-87", "2019-01-10", "yes"), "2022-12-27", State.COVERED),
        (clauses("eu-2010-87", "2019-01-10"), "2022-12-27", State.CONDITIONAL),
        (clauses("eu-2010-87", "2019-01-10", "no"), "2022-12-27", State.ENDED),
        (clauses("eu-2010-87", "2019-01-10", "no"), "2021-09-26", State.COVERED),
        (clauses("eu-2010-87", "2019-01-10"), "2022-12-28", State.ENDED),
        (clauses("eu-2010-87", "2021-09-26", "yes"), "2022-01-01", State.COVERED),
        (clauses("eu-2010-87", "2021-09-27"), "2021-10-01", State.ENDED),
        (clauses("eu-2002-16", "2009-01-10"), "2022-01-01", State.ENDED),
        (clauses("eu-2021-915", "2022-01-10"), "2023-01-01", State.OUT_OF_SCOPE),
        (clauses("uk-idta", "2022-04-10"), "2023-01-01", State.OUT_OF_SCOPE),
        (clauses("ch-scc", "2022-04-10"), "2023-01-01", State.OUT_OF_SCOPE),
        (clauses("eu-2021-914", "2022-04-10"), "2023-01-01", State.CONDITIONAL),
        (clauses("eu-2021-914", "2021-06-26"), "2023-01-01", State.NOT_YET),
    ],
)
def test_clauses_on_a_day(claim: Clauses, on: str, expected: State) -> None:
    assert state(claim, "IN", on, "C2P") is expected


@pytest.mark.parametrize("name", ["eu-2001-497", "eu-2004-915"])
def test_older_clauses_between_controllers(name: str) -> None:
    claim = clauses(name, "2015-01-10", "yes")
    assert state(claim, "IN", "2022-12-27", "C2C") is State.COVERED
    assert state(claim, "IN", "2022-12-27", "C2P") is State.WRONG_MODULE
    assert state(claim, "IN", "2022-12-28", "C2C") is State.ENDED


# Files that are not as they must be

GOOD = """\
name: Test
code: NL
versions:
  - start: 2000-01-01
    end: 2010-01-01
    value: {status: eu-member}
    source: {act: One}
    ended_by: {how: superseded, act: Two}
    checked: 2026-10-07
    confidence: high
  - start: 2010-01-01
    value: {status: eu-member}
    source: {act: Two}
    checked: 2026-10-07
    confidence: high
"""


def read(folder: Path, text: str) -> bool:
    (folder / "territory").mkdir()
    (folder / "territory" / "nl.yaml").write_text(text, encoding="utf-8")
    return Law("test", date(2026, 10, 7), folder).inside("NL", date(2010, 1, 1))


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("code: NL", "code: NL\ncapital: Amsterdam", 3, "capital"),
        ("value: {status: eu-member}", "value: {status: eu-member, king: yes}", 6, "king"),
        ("  - start: 2010-01-01", "  - start: 2009-12-31", 11, "begins before"),
        ("    source: {act: Two}\n", "", 11, "source"),
        ("source: {act: One}", "source: {oj: One}", 7, "act"),
        ("    ended_by: {how: superseded, act: Two}\n", "", 4, "who ended it"),
        ("end: 2010-01-01", "end: 2000-01-01", 4, "later than"),
        ("how: superseded", "how: vanished", 8, "how"),
        ("confidence: high", "confidence: total", 10, "confidence"),
        ("name: Test", "name: Test\nname: Test", 2, "name"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(LawDataError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert any(f"nl.yaml:{line}:" in one and says in one for one in caught.value.faults), str(caught.value)


def test_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(UnknownLawError, match="us-privacy-shield"):
        LAW.adequacy("us-privacy-sheild")
