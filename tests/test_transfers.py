"""On what a transfer stands on a day: dated vectors, and a sweep over all days."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from ropa.graph import Graph
from ropa.law import Circumstances, Law, Relation
from ropa.law.dated import Dated
from ropa.model import Register, Transfer
from ropa.standing import Standings

LAW = Law.load()
VECTORS = yaml.load((Path(__file__).parent / "vectors.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only


def register(vector: dict[str, Any]) -> Register:
    """Write the facts of a vector as a small register."""
    transfer = {"to": "importer", "instruments": vector["instruments"] or "none"}
    parties = {"importer": {"name": "Importer", **vector["to"]}}
    if "exporter" in vector:
        parties["exporter"] = {"name": "Exporter", "sub_processors": ["importer"], **vector["exporter"]}
    activity = {"name": "Activity", "data_subjects": ["people"], "recipients": [next(reversed(parties))]}
    people = {"name": "People"}
    for key, record in (("recurring", transfer), ("assessment", transfer), ("law_enforcement", activity)):
        if key in vector:
            record[key] = vector[key]
    if "personnel" in vector:
        people["employees"] = vector["personnel"]
    data = {
        "ropa": 1,
        "controller": {"name": "Example", **vector.get("keeper", {})},
        "data_subjects": {"people": people},
        "activities": {"activity": activity},
        "parties": parties,
        "transfers": {"transfer": transfer},
    }
    for instrument in vector["instruments"]:
        if "module" in instrument:
            instrument["module"] = int(instrument["module"])
    return Register.model_validate(data)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['on']} {vector['why']}")
def test_vector(vector: dict[str, Any]) -> None:
    standings = Standings(Graph(register(vector)), LAW, date.fromisoformat(vector["on"]))
    found = standings.of("transfer")
    assert found.state.value == vector["state"]
    if "question" in vector:
        assert isinstance(found.best.question, dict)
        assert vector["question"] in found.best.question["en"]
    if "basis" in vector:
        assert found.basis == vector["basis"]


# Days


def turns(fact: Dated[Any]) -> set[date]:
    """Return the days of a fact that its sources name: beginnings, ends, certainties."""
    days = (
        day
        for version in fact.versions
        for day in (version.start, version.end, version.certain, getattr(version.value, "relied_on_until", None))
    )
    return {day for day in days if day is not None}


def claims() -> list[tuple[str, dict[str, Any], str, set[date]]]:
    """Return claims that say all that can be said for them, with a country and the days on which an answer may turn."""
    found: list[tuple[str, dict[str, Any], str, set[date]]] = []
    for name in LAW.names("adequacy"):
        fact = LAW.adequacy(name)
        asked = {one: "yes" for version in fact.versions for one in version.value.conditions}
        country = fact.of or "IN"
        territory = LAW.territory(country)
        days = turns(fact) | (turns(territory) if territory else set())
        found.append((name, {"adequacy": name, "listed": "yes", "conditions": asked}, country, days))
    for name in LAW.names("clauses"):
        for concluded in ("2019-01-01", "2021-10-01"):
            one = {"clauses": name, "module": 2, "concluded": concluded, "processing_unchanged": "yes"}
            found.append((name, one, "IN", turns(LAW.clauses(name)) | {date.fromisoformat(concluded)}))
    rules = {"binding_rules": "controller", "approval": "BCR", "importer_bound": "yes"}
    certificate = {"certification": "Europrivacy", "certificate": "EP-1", "commitments": "yes"}
    found.append(("binding-rules", rules, "IN", turns(LAW.tool("binding-rules"))))
    found.append(("certification", certificate, "IN", turns(LAW.tool("certification"))))
    found.append(("49(1)(f)", {"derogation": "49(1)(f)"}, "IN", turns(LAW.derogation("49(1)(f)"))))
    return found


@pytest.mark.parametrize(
    ("name", "one", "country", "days"), claims(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_an_answer_changes_only_on_a_day_that_a_source_names(
    name: str, one: dict[str, Any], country: str, days: set[date]
) -> None:
    """Sweep over every day from 2018-05-25 to 2032-01-01."""
    instruments = Transfer.model_validate({"to": "importer", "instruments": [one]}).instruments
    assert isinstance(instruments, tuple)
    of = Circumstances(countries=(country,), relations=(Relation("C2P"),), recurring="no")
    first = date(2018, 5, 25)
    swept = [first + timedelta(days=each) for each in range((date(2032, 1, 1) - first).days + 1)]
    answers = [LAW.transfer(instruments, of, on=day).best for day in swept]
    changed = [
        day
        for day, (before, after) in zip(swept[1:], pairwise(answers), strict=True)
        if (before.state, before.version) != (after.state, after.version)
    ]
    assert set(changed) <= days
