"""The cells that are put together from elsewhere in the register: by table and key, a function each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ropa.model import Adequacy, Clauses, Derogation, Party, known
from ropa.workbook.activity_cells import ACTIVITIES
from ropa.workbook.grounds import GROUNDS
from ropa.workbook.instruments import instrument, rested_on, standing
from ropa.workbook.rows import Getter, Row
from ropa.workbook.shared_cells import SHARED
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import explained, series

__all__ = ["COMPILED", "OTHERWISE"]


# --- parties, measures, services


def _used(say: Speaker, row: Row) -> Value:
    found = _users(say).get(row.owner[1])
    return say.lines(found) if found else Value("")


def _users(say: Speaker) -> dict[str, list[str]]:
    """Return the names of the activities that reach each party, through others too; counted once."""
    if "users" not in say.kept:
        used: dict[str, dict[str, None]] = {}
        for one, activity in say.register.activities.items():
            for flow in say.graph.flows(activity):
                used.setdefault(flow.reached, {})[say.label("activities", one)] = None
        say.kept["users"] = {one: list(names) for one, names in used.items()}
    found: dict[str, list[str]] = say.kept["users"]
    return found


def _applies(say: Speaker, row: Row) -> Value:
    if row.plain.get("everywhere") == "yes":
        return Value(say.say("everywhere"))
    if "measured" not in say.kept:
        measured: dict[str, list[str]] = {}
        for one, activity in say.register.activities.items():
            for each in activity.measures if isinstance(activity.measures, tuple) else ():
                measured.setdefault(each, []).append(say.named("activities", one))
        say.kept["measured"] = measured
    return say.field(say.kept["measured"].get(row.owner[1]), str)


def _on_behalf(say: Speaker, row: Row) -> Value:
    return say.field(say.register.services[row.owner[1]].controllers, partial(_reached_at, say))


def _through(say: Speaker, row: Row) -> Value:
    """Say the sub-processors of a service: the processors that Art. 30(2)(a) speaks of, as authorities read it."""
    return say.field(say.register.services[row.owner[1]].sub_processors, partial(_reached_at, say))


def _reached_at(say: Speaker, one: str) -> str:
    """Return a party with its contact details; with its representative and officer, where it has them (Art. 30(2)(a))."""
    party = say.register.parties.get(one)
    if party is None:
        return say.named("parties", one)
    said = [say.contact(party.contact)]
    said += [
        explained(say.say(kind), say.person(person), say.language)
        for kind, person in (("representative", party.representative), ("dpo", party.dpo))
        if known(person)
    ]
    return explained(say.named("parties", one), series(filter(None, said), say.language), say.language)


def _by_clauses(say: Speaker, row: Row) -> Value:
    """Say what binds a processor whose contract is not stated: the clauses of a transfer may (Art. 28(7))."""
    record = say.register.parties[row.owner[1]]
    if record.role not in ("processor", "sub-processor"):
        return Value("")
    bound = any(
        isinstance(each, Clauses) and each.module in (2, 3)
        for transfer in say.graph.transfers_to(row.owner[1])
        if isinstance(instruments := say.register.transfers[transfer].instruments, tuple)
        for each in instruments
    )
    return Value(say.say("by_clauses")) if bound else say.missing


def _for_processors(say: Speaker, row: Row) -> Value:
    return say.missing if say.register.parties[row.owner[1]].role in ("processor", "sub-processor") else Value("")


def _party_of_recipient(say: Speaker, row: Row, show: Callable[[Party], Value]) -> Value:
    party = say.register.parties.get(str(row.plain.get("party")))
    return show(party) if party else Value("")


# --- waivers


def _waiver_state(say: Speaker, row: Row) -> Value:
    """Say whether a waiver holds on the day asked about."""
    waiver = say.register.waivers[row.owner[1]]
    if not waiver.begun(say.on):
        return Value(say.say("waiver_not_begun"))
    return Value(say.say("waiver_lapsed"), look="warning") if waiver.lapsed(say.on) else Value(say.say("waiver_holds"))


# --- transfers


def _instruments(say: Speaker, row: Row) -> Value:
    instruments = say.register.transfers[row.owner[1]].instruments
    return say.lines(rested_on(say, row.owner[1])) if isinstance(instruments, tuple) and instruments else say.field(instruments, str)  # fmt: skip


def _exporters(say: Speaker, row: Row) -> Value:
    return say.lines(say.say("keeper") if one is None else say.label("parties", one) for one in say.graph.exporters_of(row.owner[1]))  # fmt: skip


def _unassessed(say: Speaker, row: Row) -> Value:
    """Say that there is no assessment, where the instruments ask for one: not for a decision or a derogation."""
    record = say.register.transfers[row.owner[1]]
    instruments = record.instruments if isinstance(record.instruments, tuple) else ()
    needless = instruments and all(isinstance(one, (Adequacy, Derogation)) for one in instruments)
    return Value("") if needless else say.missing


def _state(say: Speaker, row: Row) -> Value:
    """Say what an instrument is, and what it has come to on the day asked about."""
    instruments = say.register.transfers[row.owner[1]].instruments
    if row.stands_for or not isinstance(instruments, tuple):
        return Value("")
    said = rested_on(say, row.owner[1])
    at = int(row.path[3])
    return Value(said[at] if len(said) == len(instruments) else instrument(say, instruments[at]))


# --- the organisation


def _rights_everywhere(say: Speaker, _: Row) -> Value:
    """Say how each right is met for all activities; what differs stands with the activity."""
    rights = (say.register.rights or {}).items()
    said = (explained(say.code("right", right), say.text(one.how or one.reason) or say.code("fact", one.offered), say.language) for right, one in rights)  # fmt: skip
    return say.lines(said) if rights else Value("")


COMPILED: dict[tuple[str, str], Getter] = {
    **SHARED,
    **{("activities", key): getter for key, getter in (*ACTIVITIES.items(), *GROUNDS.items())},
    ("activities.recipients", "role"): lambda say, row: _party_of_recipient(say, row, lambda party: say.field(party.role, lambda code: say.code("role", code))),
    ("activities.recipients", "country"): lambda say, row: _party_of_recipient(say, row, lambda party: say.field(party.country, say.country)),
    ("organisation", "rights"): _rights_everywhere,
    ("services", "on_behalf"): _on_behalf,
    ("services", "through"): _through,
    ("parties", "used"): _used,
    ("measures", "applies"): _applies,
    ("transfers", "instruments"): _instruments,
    ("transfers", "standing"): lambda say, row: standing(say, row.owner[1]),
    ("transfers.instruments", "state"): _state,
    ("waivers", "state"): _waiver_state,
}  # fmt: skip
"""What is put together, by table and key."""

OTHERWISE: dict[tuple[str, str], Getter] = {
    ("transfers", "countries"): lambda say, row: say.field(say.graph.destinations(say.register.transfers[row.owner[1]]) or None, say.country),
    ("transfers", "exporter"): _exporters,
    ("transfers", "activities"): lambda say, row: say.field(say.graph.activities_of(row.owner[1]) or None, lambda one: say.label("activities", one)),
    ("transfers", "data"): lambda say, _: Value(say.say("all_data")),
    ("transfers", "assessment.result"): _unassessed,
    ("transfers", "assessment.done"): _unassessed,
    ("parties", "contract.kind"): _by_clauses,
    ("parties", "contract.signed"): _for_processors,
    ("parties", "sub_processors"): _for_processors,
}  # fmt: skip
"""What a field says, in grey, where the text leaves it out: what follows from the rest of the register."""
