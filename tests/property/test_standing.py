"""Properties of the question on what a transfer stands: they hold for all claims, circumstances and days."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ropa
from ropa.graph import Graph
from ropa.law import Circumstances, Law, Relation, Standing, State
from ropa.model import Instrument, Transfer
from ropa.rules import Severity
from ropa.standing import Standings

LAW = Law.load()

FACT = st.sampled_from(["yes", "no", "unknown"])
DAYS = st.dates(date(2018, 5, 25), date(2032, 1, 1))
DAY = st.one_of(DAYS, st.just("unknown"))


def claim(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Make claims in which every fact may be absent, but for the one that names the instrument."""
    (name, value), *rest = fields.items()
    return st.fixed_dictionaries({name: value}, optional=dict(rest))


def in_order(listed: dict[str, Any]) -> bool:
    """Tell whether a listing ends after it begins, as the model wants it."""
    days = [listed.get(one) for one in ("since", "until")]
    return not all(isinstance(one, date) for one in days) or days[0] < days[1]  # type: ignore[operator]


NAMES = st.sampled_from([*LAW.names("adequacy"), "unknown", "us-dfp"])
CONDITIONS = sorted(
    {
        one
        for name in LAW.names("adequacy")
        for version in LAW.adequacy(name).versions
        for one in (*version.value.conditions, *version.value.excludes)
    }
)
TEXT = st.sampled_from(["a reference", "unknown"])
OR_NONE = st.sampled_from(["a reference", "unknown", "none"])
CLAIMS = st.one_of(
    claim(
        adequacy=NAMES,
        listed=st.one_of(FACT, claim(since=DAY, until=DAY, hr_data=FACT).filter(in_order)),
        conditions=st.dictionaries(st.sampled_from(CONDITIONS), FACT, max_size=4),
    ),
    claim(
        clauses=st.sampled_from([*LAW.names("clauses"), "unknown", "eu-2021-941"]),
        module=st.sampled_from([1, 2, 3, 4, "unknown"]),
        concluded=st.one_of(st.dates(date(2001, 1, 1), date(2027, 1, 1)), st.just("unknown")),
        unmodified=FACT,
        processing_unchanged=FACT,
    ),
    claim(
        binding_rules=st.sampled_from(["controller", "processor", "unknown"]),
        approval=OR_NONE,
        approved=DAY,
        importer_bound=FACT,
    ),
    claim(authorisation=OR_NONE, given=DAY),
    claim(code=TEXT, approval=OR_NONE, commitments=FACT),
    claim(certification=TEXT, certificate=OR_NONE, issued=DAY, until=DAY, commitments=FACT),
    claim(public_instrument=TEXT, both_public=FACT),
    claim(
        derogation=st.sampled_from(
            [*(f"49(1)({letter})" for letter in "abcdefg"), "49(1) second subparagraph", "unknown"]
        ),
        reason=TEXT,
        consent=st.one_of(st.just("none"), claim(explicit=FACT)),
        informed=FACT,
        public_powers=FACT,
        provision=TEXT,
        whole_register=FACT,
        authority_informed=FACT,
        safeguards=OR_NONE,
    ),
)
RELATIONS = st.builds(Relation, st.sampled_from(["C2C", "C2P", "P2P", "P2C", None]), st.booleans())
MAYBE = st.one_of(FACT, st.none())
CIRCUMSTANCES = st.builds(
    Circumstances,
    countries=st.lists(st.sampled_from(["US", "GB", "CA", "BR", "IN", "CH", "NL", "CW", "KR"]), max_size=3).map(tuple),
    relations=st.lists(RELATIONS, min_size=1, max_size=2).map(tuple),
    organisation=MAYBE, equivalent=MAYBE, importer_public=MAYBE, exporter_public=MAYBE, personnel=MAYBE,
    law_enforcement=MAYBE, recurring=MAYBE,
)  # fmt: skip


def instruments(*claims: dict[str, Any]) -> tuple[Instrument, ...]:
    found = Transfer.model_validate({"to": "importer", "instruments": list(claims)}).instruments
    assert isinstance(found, tuple)
    return found


def judged(claims: list[dict[str, Any]], of: Circumstances, day: date) -> Standing:
    return LAW.transfer(instruments(*claims), of, on=day)


@given(st.lists(CLAIMS, max_size=3), CLAIMS, st.integers(0, 3), CIRCUMSTANCES, DAYS)
@pytest.mark.property
def test_a_further_instrument_never_makes_it_worse(
    claims: list[dict[str, Any]], further: dict[str, Any], at: int, of: Circumstances, day: date
) -> None:
    """A transfer holds if one of its instruments holds (Art. 44: the conditions of Chapter V, any of them)."""
    before, after = judged(claims, of, day), judged([*claims[:at], further, *claims[at:]], of, day)
    assert after.state.rank <= before.state.rank


def unknowns(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the ways to all facts that are unknown."""
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in unknowns(each, (*path, key))]
    return [path] if value == "unknown" else []


def answered(value: dict[str, Any], path: tuple[Any, ...], answer: str) -> dict[str, Any]:
    first, *rest = path
    return {**value, first: answered(value[first], tuple(rest), answer) if rest else answer}


@given(CLAIMS, CIRCUMSTANCES, DAYS, st.sampled_from(["yes", "no"]), st.data())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@pytest.mark.property
def test_knowing_more_never_turns_an_answer_that_covers_into_a_question(
    one: dict[str, Any], of: Circumstances, day: date, answer: str, data: st.DataObject
) -> None:
    facts = [path for path in unknowns(one) if path[-1] in FACT_FIELDS or path[:1] == ("conditions",)]
    circumstances = [name for name in CIRCUMSTANCE_FACTS if getattr(of, name) == "unknown"]
    asked = data.draw(st.sampled_from([*facts, *circumstances, None]))
    known, now = one, of
    if isinstance(asked, tuple):
        known = answered(one, asked, answer)
    elif asked is not None:
        now = Circumstances(**{**of.__dict__, asked: answer})
    if judged([one], of, day).state.holds:
        assert judged([known], now, day).state not in (State.CONDITIONAL, State.UNCERTAIN_WINDOW)


FACT_FIELDS = {
    "listed", "hr_data", "unmodified", "processing_unchanged", "importer_bound", "commitments", "both_public",
    "explicit", "informed", "public_powers", "whole_register", "authority_informed",
}  # fmt: skip
CIRCUMSTANCE_FACTS = (
    "organisation", "importer_public", "exporter_public", "personnel", "law_enforcement", "recurring",
)  # fmt: skip

GROUNDS = {
    *(
        f"TRF{number:02}"
        for number in (1, 3, 4, 5, 6, 7, 10, 11, 14, 16, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 30)
    ),
    "CON08",
}


@given(
    st.lists(CLAIMS, max_size=2),
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["US", "GB", "CA", "BR", "IN", "CH", "CW", "KR", "unknown"]),
            "role": st.sampled_from(["controller", "processor", "unknown"]),
        }
    ),
    st.fixed_dictionaries({}, optional={"recurring": FACT}),
    FACT,
    DAYS,
)
@settings(suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.property
def test_what_does_not_hold_is_reported_by_one_rule_and_what_holds_by_none(
    claims: list[dict[str, Any]], importer: dict[str, str], facts: dict[str, str], public: str, day: date
) -> None:
    """At most one grounding error for each transfer, and none goes unsaid; every language can say it."""
    text = yaml.safe_dump(
        {
            "ropa": 1,
            "controller": {"name": "Example", "public_authority": public},
            "parties": {"importer": {"name": "Importer", **importer}},
            "transfers": {"t": {"to": "importer", **facts, **({"instruments": claims} if claims else {})}},
        }
    )
    loaded = ropa.load_text(text)
    assert loaded.problems == (), text
    report = ropa.check(loaded, on=day)
    assert not report.crashes, report.crashes
    found = [one for one in report.findings if one.rule in GROUNDS and one.severity is not Severity.INFO]
    state = judged(claims, circumstances_of(text, day), day).state
    if state.holds or state is State.NOT_A_TRANSFER:
        assert [one.rule for one in found if one.says != "exceptional"] == []
    else:
        assert len(found) == 1, [one.rule for one in found]
    for one in report.findings:
        for language in ("en", "nl"):
            assert "{" not in "".join(one.words(language)).replace("{adequacy: ", "").replace("{hr_data", "").replace(
                "conditions: {", ""
            )


def circumstances_of(text: str, day: date) -> Circumstances:
    loaded = ropa.load_text(text)
    assert loaded.register is not None
    return Standings(Graph(loaded.register), LAW, day).circumstances("t")
