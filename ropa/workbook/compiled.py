"""The cells that are put together from elsewhere in the register: by table and key, a function each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ropa.model import (  # fmt: skip
    Activity,
    Adequacy,
    Clauses,
    Derogation,
    Dpia,
    JointControl,
    Party,
    Purpose,
    Recipient,
    Retention,
    Service,
    known,
)
from ropa.workbook.instruments import instrument, rested_on, standing, transfer_line
from ropa.workbook.rows import Row
from ropa.workbook.speaking import Speaker, Value

__all__ = ["COMPILED", "OTHERWISE", "Getter"]

Getter = Callable[[Speaker, Row], Value]


# --- activities


def _activity(say: Speaker, row: Row) -> Activity:
    return say.register.activities[row.owner[1]]


def _named(say: Speaker, row: Row) -> Value:
    return Value(say.named(*row.owner))


def _controllers(say: Speaker, row: Row) -> Value:
    keeper = say.register.controller or say.register.keeper
    if keeper is None:
        return say.missing
    joint = _joint(say, row)
    return say.lines((say.proper(keeper.name), say.say("jointly", names=", ".join(joint)) if joint else ""))


def _joint(say: Speaker, row: Row) -> list[str]:
    control = _activity(say, row).joint_control
    return [say.named("parties", one) for one in control.parties] if isinstance(control, JointControl) else []


def _shared_with(say: Speaker, row: Row) -> Value:
    joint = _joint(say, row)
    control = _activity(say, row).joint_control
    return say.lines(joint) if joint else say.field(None if isinstance(control, JointControl) else control, str)


def _purposes(say: Speaker, row: Row, each: Callable[[Purpose], str] | None = None) -> Value:
    record = _activity(say, row)
    if record.purposes is None or record.purposes == "unknown":
        return say.field(record.purposes, str)
    return say.lines((each or (lambda purpose: say.text(purpose.name)))(one) for one in record.purpose_records().values())  # fmt: skip


def _bases(say: Speaker, row: Row) -> Value:
    return _purposes(say, row, partial(_basis, say, _activity(say, row)))


def _basis(say: Speaker, record: Activity, purpose: Purpose) -> str:
    """Say on what a purpose rests; with its name, if there are several."""
    said = [_one_basis(say, basis) for basis in purpose.bases]
    if not said:
        said = [say.field(purpose.legal_basis, str).text]
    said += _conditions(say, purpose)
    text = "; ".join(said)
    return f"{say.text(purpose.name)}: {text}" if len(record.purpose_records()) > 1 else text


def _conditions(say: Speaker, purpose: Purpose) -> list[str]:
    said: list[str] = []
    if isinstance(purpose.special_categories, tuple):
        for each in purpose.special_categories:
            letter = each.condition.removeprefix("9(2)(").removesuffix(")")
            known_as = say.say("unknown") if each.condition == "unknown" else letter
            said.append(_with(say.say("special_condition", letter=known_as), say.text(each.provision)))
    if known(purpose.criminal_data):
        said.append(_with(say.say("criminal_ground"), say.text(purpose.criminal_data.provision)))
    return said


def _special(say: Speaker, row: Row) -> Value:
    """Say the special categories among an activity's data, and the conditions of Art. 9(2) relied on."""
    record = _activity(say, row)
    data = (
        [say.data(one) for one in record.data or () if _is_special(say, one)] if isinstance(record.data, tuple) else []
    )
    conditions = [said for purpose in record.purpose_records().values() for said in _conditions(say, purpose)]
    return say.lines([*data, *conditions]) if data or conditions else Value("")


def _is_special(say: Speaker, one: str) -> bool:
    record = say.register.data.get(one)
    return (record is not None and (bool(record.special) and record.special not in ("none", "unknown"))) or (record is not None and record.criminal == "yes")  # fmt: skip


def _one_basis(say: Speaker, basis: Any) -> str:
    fields = type(basis).model_fields
    about = next((getattr(basis, key) for key in ("contract", "provision", "reason", "interest") if key in fields), None)  # fmt: skip
    return _with(say.code("basis", basis.article), say.text(about))


def _interests(say: Speaker, row: Row) -> Value:
    said = [say.text(basis.interest) for basis in _on(say, row, "6(1)(f)")]
    return say.lines(said) if any(said) else Value("")


def _interests_assessed(say: Speaker, row: Row) -> Value:
    said = [_with(say.day("done", one.assessment.done), say.proper(one.assessment.reference)) if known(one.assessment) else say.field(one.assessment, str).text for one in _on(say, row, "6(1)(f)")]  # fmt: skip
    return say.lines(said) if said else Value("")


def _consent_kept(say: Speaker, row: Row) -> Value:
    said = [say.field(one.consent.proof if known(one.consent) else one.consent, say.text).text for one in _on(say, row, "6(1)(a)")]  # fmt: skip
    return say.lines(said) if said else Value("")


def _on(say: Speaker, row: Row, article: str) -> list[Any]:
    """Return the legal bases of an activity's purposes that are of one point of Art. 6(1)."""
    purposes = _activity(say, row).purpose_records().values()
    return [basis for purpose in purposes for basis in purpose.bases if basis.article == article]


def _with(said: str, more: str) -> str:
    return f"{said}: {more}" if said and more else said or more


def _recipients(say: Speaker, row: Row) -> Value:
    return say.field(_activity(say, row).recipients, partial(_recipient, say))


def _recipient(say: Speaker, each: Any) -> str:
    if not isinstance(each, Recipient):
        return say.party(each)
    more = [", ".join(say.named("data", one) for one in each.data)] if each.data else []
    more += [say.text(each.description)] if each.description else []
    return _with(say.party(each.party), "; ".join(more))


def _transfers(say: Speaker, row: Row) -> Value:
    """Say the transfers of a record; where it has none, whether its recipients leave that open."""
    section, one = row.owner
    record: Activity | Service = getattr(say.register, section)[one]
    found = say.graph.transfers_of(one, section)
    if found:
        return say.field(found, partial(transfer_line, say))
    stated = record.transfers
    recipients = record.recipients if isinstance(record, Activity) else record.sub_processors
    if stated is None and (isinstance(recipients, tuple) or recipients == "none"):
        countries = [say.graph.countries_of(flow.reached) for flow in say.graph.flows(record)]
        if all(some and all(say.law.inside(each, say.on) for each in some) for some in countries):
            return Value(say.say("nobody_outside"), "where-applicable")
    value = say.field(stated, partial(transfer_line, say))
    return Value(say.say("no_transfer"), "none") if value.state == "none" else value


def _third_countries(say: Speaker, row: Row) -> Value:
    found = [say.register.transfers[one] for one in say.graph.transfers_of(row.owner[1])]
    codes = dict.fromkeys(code for one in found for code in say.graph.destinations(one))
    return say.lines(map(say.country, codes)) if codes else _transfers(say, row)


def _safeguards(say: Speaker, row: Row) -> Value:
    said = [_with(say.label("transfers", one), "; ".join(rested_on(say, one)) or say.say("missing")) for one in say.graph.transfers_of(row.owner[1])]  # fmt: skip
    return say.lines(said) if said else Value("")


def _retention(say: Speaker, row: Row) -> Value:
    return say.field(_activity(say, row).retention, partial(_term, say))


def _term(say: Speaker, each: Retention) -> str:
    period = say.period(each.period) if each.period else ""
    start = say.text(each.start)
    counted = say.say("from_start", period=period, start=start) if period and start else period
    said = "; ".join(part for part in (counted, say.text(each.criteria), say.text(each.ground)) if part)
    what = [say.named("data", one) for one in each.data or ()]
    what += [say.named("data_subjects", one) for one in each.data_subjects or ()]
    return f"{', '.join(what)}: {said or say.say('missing')}" if what else said or say.say("missing")


def _security(say: Speaker, row: Row) -> Value:
    """Say a record's own measures, and point at the sheet of those that apply everywhere: they would fill every row."""
    stated = getattr(say.register, row.owner[0])[row.owner[1]].measures
    own = [one for one in stated if one not in say.everywhere] if isinstance(stated, tuple) else []
    if not own and not say.everywhere:
        return say.field(stated, say.name("measures"))
    general = [say.say("general_measures", number=len(say.everywhere))] if say.everywhere else []
    return say.lines([*general, *(say.named("measures", one) for one in own)])


def _security_in_full(say: Speaker, row: Row) -> Value:
    stated = getattr(say.register, row.owner[0])[row.owner[1]].measures
    own = stated if isinstance(stated, tuple) else ()
    every = dict.fromkeys((*own, *say.everywhere))
    return say.lines(say.named("measures", one) for one in every) if every else say.field(stated, str)


def _sources(say: Speaker, row: Row) -> Value:
    return say.field(_activity(say, row).sources, partial(_source, say))


def _source(say: Speaker, each: Any) -> str:
    who = say.named("parties", each.party) if each.party else ""
    return _with(say.code("source", each.kind), "; ".join(part for part in (who, say.text(each.description)) if part))


def _places(say: Speaker, row: Row) -> Value:
    """Say where the data are: the systems, each with who runs it and where that is."""
    systems = _activity(say, row).systems
    return say.field(systems, partial(_place, say))


def _place(say: Speaker, one: str) -> str:
    system = say.register.systems.get(one)
    if system is None or system.party is None:
        return say.named("systems", one)
    where = ", ".join(say.country(code) for code in say.graph.countries_of(system.party))
    return _with(say.named("systems", one), ", ".join(part for part in (say.named("parties", system.party), where) if part))  # fmt: skip


def _automated(say: Speaker, row: Row) -> Value:
    return say.field(_activity(say, row).automated_decisions, partial(_decision, say))


def _decision(say: Speaker, each: Any) -> str:
    ground = say.code("decision", each.ground) if each.ground else say.say("missing")
    return _with(ground, say.text(each.logic))


def _assessed(say: Speaker, row: Row) -> Value:
    dpia = _activity(say, row).dpia
    if not isinstance(dpia, Dpia):
        return Value(say.say("not_done"), "none") if dpia == "none" else say.field(dpia, str)
    said = [say.say(f"required_{dpia.required}") if dpia.required in ("yes", "no") else "", say.day("done", dpia.done)]
    said += [say.text(dpia.reason), say.proper(dpia.reference)]
    said += [say.say("residual", risk=say.code("risk", dpia.residual_risk))] if dpia.residual_risk else []
    return say.lines(said)


def _rights(say: Speaker, row: Row) -> Value:
    """Say how the rights of data subjects are met, where the record tells."""
    offered = {**(say.register.rights or {}), **(_activity(say, row).rights or {})}
    said = [_with(say.code("right", right), say.text(one.how) or say.code("fact", one.offered)) for right, one in offered.items()]  # fmt: skip
    return say.lines(said) if said else Value("")


def _processors(say: Speaker, row: Row, each: Callable[[str], str] | None = None) -> Value:
    found = [one for one in _activity(say, row).recipient_ids() if (party := say.register.parties.get(one)) and party.role in ("processor", "sub-processor")]  # fmt: skip
    return say.lines(map(each or say.name("parties"), found)) if found else Value("")


def _contracts(say: Speaker, row: Row) -> Value:
    return _processors(say, row, lambda one: _with(say.named("parties", one), _contract(say, say.register.parties[one]).text.replace("\n", " ")))  # fmt: skip


def _contract(say: Speaker, record: Party) -> Value:
    contract = record.contract
    if not known(contract):
        return say.field(contract, str)
    kind = say.code("contract", contract.kind) if contract.kind else ""
    return say.lines((kind, say.day("signed", contract.signed), say.day("until", contract.until), say.proper(contract.reference)))  # fmt: skip


def _not_kept(say: Speaker, _: Row) -> Value:
    """Say that a form asks for what no register of ours keeps."""
    return Value(say.say("not_kept"), "where-applicable")


def _dates(say: Speaker, row: Row) -> Value:
    return say.dates(getattr(say.register, row.owner[0])[row.owner[1]])


def _status(say: Speaker, row: Row) -> Value:
    record = getattr(say.register, row.owner[0])[row.owner[1]]
    if record.until is not None and record.until <= say.on:
        return Value(say.say("over"))
    return Value(say.say("not_begun" if record.since is not None and record.since > say.on else "in_place"))


def _findings(say: Speaker, row: Row) -> Value:
    """Say how many findings there are on a record; the book counts them before it writes."""
    mention = say.kept.get("findings", {}).get(".".join(row.owner))
    if mention is None:
        return Value("")
    return Value(f"{say.code('severity', mention.gravest)} ({mention.number})", look=mention.gravest)


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
    return say.field(say.register.services[row.owner[1]].controllers, partial(_controller, say))


def _controller(say: Speaker, one: str) -> str:
    party = say.register.parties.get(one)
    return _with(say.named("parties", one), say.contact(party.contact) if party else "")


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


COMPILED: dict[tuple[str, str], Getter] = {
    **{(table, "findings"): _findings for table in ("activities", "services", "parties", "transfers")},
    ("activities", "named"): _named,
    ("activities", "controllers"): _controllers,
    ("activities", "shared_with"): _shared_with,
    ("activities", "purposes"): _purposes,
    ("activities", "recipients"): _recipients,
    ("activities", "transfers"): _transfers,
    ("activities", "countries"): _third_countries,
    ("activities", "safeguards"): _safeguards,
    ("activities", "retention"): _retention,
    ("activities", "security"): _security,
    ("activities", "security_in_full"): _security_in_full,
    ("activities", "basis"): _bases,
    ("activities", "special"): _special,
    ("activities", "interests"): _interests,
    ("activities", "interests_assessed"): _interests_assessed,
    ("activities", "consent_kept"): _consent_kept,
    ("activities", "sources"): _sources,
    ("activities", "places"): _places,
    ("activities", "automated"): _automated,
    ("activities", "assessed"): _assessed,
    ("activities", "rights"): _rights,
    ("activities", "processors"): _processors,
    ("activities", "contracts"): _contracts,
    ("activities", "dates"): _dates,
    ("activities", "not_kept"): _not_kept,
    ("activities", "status"): _status,
    ("activities.recipients", "role"): lambda say, row: _party_of_recipient(say, row, lambda party: say.field(party.role, lambda code: say.code("role", code))),
    ("activities.recipients", "country"): lambda say, row: _party_of_recipient(say, row, lambda party: say.field(party.country, say.country)),
    ("services", "on_behalf"): _on_behalf,
    ("services", "transfers"): _transfers,
    ("services", "security"): _security,
    ("services", "security_in_full"): _security_in_full,
    ("services", "dates"): _dates,
    ("services", "status"): _status,
    ("parties", "used"): _used,
    ("parties", "dates"): _dates,
    ("measures", "applies"): _applies,
    ("transfers", "instruments"): _instruments,
    ("transfers", "standing"): lambda say, row: standing(say, row.owner[1]),
    ("transfers", "dates"): _dates,
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
