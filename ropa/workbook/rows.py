"""From register to rows: what each sheet says, as text by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ropa.model import (
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
    Transfer,
    known,
)
from ropa.workbook.speaking import Speaker, State, Value
from ropa.workbook.words import words_of

__all__ = ["ROWS", "Row"]


@dataclass(frozen=True)
class Row:
    """A row: its cells by the key of their column."""

    cells: dict[str, Value]


def _activities(say: Speaker) -> Iterator[Row]:
    for one, record in say.register.activities.items():
        yield Row(
            {
                "id": Value(one),
                "name": Value(say.named("activities", one)),
                "controllers": _controllers(say, record),
                "purposes": _purposes(say, record, lambda purpose: say.text(purpose.name)),
                "subjects": say.field(record.data_subjects, say.name("data_subjects")),
                "data": say.field(record.data, say.data),
                "recipients": say.field(record.recipients, lambda each: _recipient(say, each)),
                "transfers": _transfers(say, record, say.graph.transfers_of(one)),
                "retention": say.field(record.retention, lambda each: _retention(say, each)),
                "measures": _measures(say, record.measures),
                "basis": _purposes(say, record, partial(_basis, say, record)),
                "sources": say.field(record.sources, lambda each: _source(say, each)),
                "systems": say.field(record.systems, say.name("systems")),
                "automated": say.field(record.automated_decisions, lambda each: _decision(say, each)),
                "dpia": _dpia(say, record.dpia),
                "owner": say.field(record.owner, say.text),
                "dates": say.dates(record),
                "note": say.field(record.note, say.text),
            }
        )


def _controllers(say: Speaker, record: Activity) -> Value:
    keeper = say.register.keeper
    if keeper is None:
        return say.missing
    own = say.text(keeper.name)
    if not isinstance(record.joint_control, JointControl):
        return Value(own)
    names = ", ".join(say.named("parties", one) for one in record.joint_control.parties)
    return say.lines((own, say.say("jointly", names=names)))


def _purposes(say: Speaker, record: Activity, each: Callable[[Purpose], str]) -> Value:
    if record.purposes is None or record.purposes == "unknown":
        return say.field(record.purposes, str)
    return say.lines(each(purpose) for purpose in record.purpose_records().values())


def _basis(say: Speaker, record: Activity, purpose: Purpose) -> str:
    """Say on what a purpose rests; with its name, if there are several."""
    said = [_one_basis(say, basis) for basis in purpose.bases]
    if not said:
        said = [say.field(purpose.legal_basis, str).text]
    if isinstance(purpose.special_categories, tuple):
        for each in purpose.special_categories:
            letter = each.condition.removeprefix("9(2)(").removesuffix(")")
            known_as = say.say("unknown") if each.condition == "unknown" else letter
            said.append(_with(say.say("special_condition", letter=known_as), say.text(each.provision)))
    if known(purpose.criminal_data):
        said.append(_with(say.say("criminal_ground"), say.text(purpose.criminal_data.provision)))
    text = "; ".join(said)
    return f"{say.text(purpose.name)}: {text}" if len(record.purpose_records()) > 1 else text


def _one_basis(say: Speaker, basis: Any) -> str:
    fields = type(basis).model_fields
    about = next(
        (getattr(basis, key) for key in ("contract", "provision", "reason", "interest") if key in fields), None
    )
    return _with(say.code("basis", basis.article), say.text(about))


def _with(said: str, more: str) -> str:
    return f"{said}: {more}" if more else said


def _recipient(say: Speaker, each: Any) -> str:
    if not isinstance(each, Recipient):
        return say.party(each)
    more = [", ".join(say.named("data", one) for one in each.data)] if each.data else []
    more += [say.text(each.description)] if each.description else []
    return _with(say.party(each.party), "; ".join(more))


def _transfers(say: Speaker, record: Activity | Service, found: tuple[str, ...]) -> Value:
    """Say the transfers of a record; where it has none, whether its recipients leave that open."""
    stated = record.transfers
    if found:
        return say.field(found, say.transfer)
    recipients = record.recipients if isinstance(record, Activity) else record.sub_processors
    if stated is None and (isinstance(recipients, tuple) or recipients == "none"):
        reached = [flow.reached for flow in say.graph.flows(record)]
        countries = [say.graph.countries_of(one) for one in reached]
        if all(some and all(say.law.inside(each, say.on) for each in some) for some in countries):
            return Value(say.say("nobody_outside"), "where-applicable")
    value = say.field(stated, say.transfer)
    return Value(say.say("no_transfer"), "none") if value.state == "none" else value


def _retention(say: Speaker, each: Retention) -> str:
    parts = (_period(say, each), say.text(each.ground))
    what = [say.named("data", one) for one in each.data or ()]
    what += [say.named("data_subjects", one) for one in each.data_subjects or ()]
    said = "; ".join(part for part in parts if part) or say.say("missing")
    return f"{', '.join(what)}: {said}" if what else said


def _period(say: Speaker, each: Retention) -> str:
    period = say.period(each.period) if each.period else ""
    start = say.text(each.start)
    said = say.say("from_start", period=period, start=start) if period and start else period
    return "; ".join(part for part in (said, say.text(each.criteria)) if part)


def _measures(say: Speaker, stated: Any) -> Value:
    """Say a record's own measures, and point at the sheet of those that apply everywhere: they would fill every row."""
    own = [one for one in stated if one not in say.everywhere] if isinstance(stated, tuple) else []
    if not own and not say.everywhere:
        return say.field(stated, say.name("measures"))
    general = [say.say("general_measures", number=len(say.everywhere))] if say.everywhere else []
    return say.lines([*general, *(say.named("measures", one) for one in own)])


def _source(say: Speaker, each: Any) -> str:
    who = say.named("parties", each.party) if each.party else ""
    return _with(say.code("source", each.kind), "; ".join(part for part in (who, say.text(each.description)) if part))


def _decision(say: Speaker, each: Any) -> str:
    ground = say.code("decision", each.ground) if each.ground else say.say("missing")
    return _with(ground, say.text(each.logic))


def _dpia(say: Speaker, dpia: Any) -> Value:
    if not isinstance(dpia, Dpia):
        return Value(say.say("not_done"), "none") if dpia == "none" else say.field(dpia, str)
    said = [say.say(f"required_{dpia.required}") if dpia.required in ("yes", "no") else "", say.day("done", dpia.done)]
    said += [say.text(dpia.reason), say.text(dpia.reference)]
    said += [say.say("residual", risk=say.code("risk", dpia.residual_risk))] if dpia.residual_risk else []
    return say.lines(said)


def _transfer_rows(say: Speaker) -> Iterator[Row]:
    for one, record in say.register.transfers.items():
        countries = say.graph.destinations(record) or record.countries
        tia = record.assessment
        said = (say.code("result", tia.result) if tia.result else "", say.day("done", tia.done), say.text(tia.reference), say.text(tia.outcome)) if known(tia) else ()  # fmt: skip
        extra = [say.named("measures", each) for each in tia.measures or ()] if known(tia) and tia.measures != "none" and tia.measures != "unknown" else []  # fmt: skip
        yield Row(
            {
                "id": Value(one),
                "importer": _importer(say, record),
                "countries": say.field(countries, say.country),
                "instruments": say.lines(say.rested_on(one))
                if isinstance(record.instruments, tuple) and record.instruments
                else say.field(record.instruments, str),
                "standing": say.standing(one),
                "assessment": say.lines((*said, *extra)) if known(tia) else _unassessed(say, record),
                "exporter": say.lines(
                    say.say("keeper") if each is None else say.party(each) for each in say.graph.exporters_of(one)
                ),
                "activities": say.field(say.graph.activities_of(one) or None, say.name("activities")),
                "data": say.field(record.data, say.data) if record.data else Value(say.say("all_data")),
                "dates": say.dates(record),
            }
        )


def _importer(say: Speaker, record: Transfer) -> Value:
    """Say who receives, with the transfer's own title where it has one."""
    importer = say.field(record.to, say.party)
    return importer if record.name is None else Value(f"{importer.text}\n{say.text(record.name)}", importer.state)


def _unassessed(say: Speaker, record: Transfer) -> Value:
    """Say that there is no assessment, where the instruments ask for one: not for a decision or a derogation."""
    instruments = record.instruments if isinstance(record.instruments, tuple) else ()
    needless = instruments and all(isinstance(one, (Adequacy, Derogation)) for one in instruments)
    return Value("") if record.assessment is None and needless else say.field(record.assessment, str)


def _parties(say: Speaker) -> Iterator[Row]:
    used: dict[str, list[str]] = {}
    for one, activity in say.register.activities.items():
        for flow in say.graph.flows(activity):
            used.setdefault(flow.reached, []).append(say.named("activities", one))
    for one, record in say.register.parties.items():
        yield Row(
            {
                "id": Value(one),
                "name": Value(say.say("no_name"), "missing")
                if record.name == "unknown"
                else Value(say.text(record.name)),
                "role": say.field(record.role, lambda code: say.code("role", code)),
                "description": say.field(record.description, say.text),
                "country": say.field(record.country, say.country),
                "processes_in": say.field(record.processes_in, say.country),
                "contact": say.field(record.contact, say.contact),
                "contract": _contract(say, one, record),
                "sub_processors": say.field(record.sub_processors, say.name("parties"))
                if record.sub_processors is not None or record.role in ("processor", "sub-processor")
                else Value(""),
                "activities": say.field(tuple(dict.fromkeys(used.get(one, ()))) or None, str),
            }
        )


def _contract(say: Speaker, one: str, record: Party) -> Value:
    contract = record.contract
    if contract is None and record.role not in ("processor", "sub-processor"):
        return Value("")
    if contract is None and any(
        isinstance(each, Clauses) and each.module in (2, 3)
        for transfer in say.graph.transfers_to(one)
        if isinstance(instruments := say.register.transfers[transfer].instruments, tuple)
        for each in instruments
    ):
        return Value(say.say("by_clauses"))
    if not known(contract):
        return say.field(contract, str)
    kind = say.code("contract", contract.kind) if contract.kind else ""
    until = say.day("until", contract.until)
    return say.lines((kind, say.day("signed", contract.signed), until, say.text(contract.reference)))


def _retention_rows(say: Speaker) -> Iterator[Row]:
    for one, record in say.register.activities.items():
        name = Value(say.named("activities", one))
        if not isinstance(record.retention, tuple) or not record.retention:
            gap = say.field(record.retention, str)
            yield Row({"id": Value(one), "activity": name, "data": Value(say.say("all_data")), "period": gap})
            continue
        for at, each in enumerate(record.retention, 1):
            period = "; ".join(part for part in (say.period(each.period) if each.period else "", say.text(each.criteria)) if part)  # fmt: skip
            state: State = "unknown" if each.period == "unknown" and not each.criteria else "stated"
            yield Row(
                {
                    "id": Value(f"{one}/{at}"),
                    "activity": name,
                    "data": say.field(each.data, say.data) if each.data else Value(say.say("all_data")),
                    "subjects": say.field(each.data_subjects, say.name("data_subjects")),
                    "period": Value(period, state) if period else say.missing,
                    "start": Value("") if each.start is None and each.criteria else say.field(each.start, say.text),
                    "ground": say.field(each.ground, say.text),
                    "until_objection": say.field(each.until_objection, lambda code: say.code("fact", code)),
                }
            )


def _measure_rows(say: Speaker) -> Iterator[Row]:
    for one, record in say.register.measures.items():
        activities = [each for each, activity in say.register.activities.items() if one in (activity.measures or ())]
        applies = say.field(activities or None, say.name("activities"))
        yield Row(
            {
                "id": Value(one),
                "name": say.field(record.name, say.text),
                "aims": say.field(record.aims or None, lambda code: say.code("aim", code)),
                "applies": Value(say.say("everywhere")) if record.everywhere == "yes" else applies,
                "dates": say.dates(record),
                "note": say.field(record.note, say.text),
            }
        )


def _services(say: Speaker) -> Iterator[Row]:
    for one, record in say.register.services.items():
        yield Row(
            {
                "id": Value(one),
                "name": Value(say.named("services", one)),
                "controllers": say.field(record.controllers, lambda each: _controller(say, each)),
                "processing": say.field(record.processing, say.text),
                "transfers": _transfers(say, record, say.graph.transfers_of(one, "services")),
                "measures": _measures(say, record.measures),
                "subjects": say.field(record.data_subjects, say.name("data_subjects")),
                "data": say.field(record.data, say.data),
                "sub_processors": say.field(record.sub_processors, say.name("parties")),
            }
        )


def _controller(say: Speaker, one: str) -> str:
    party = say.register.parties.get(one)
    return _with(say.named("parties", one), say.contact(party.contact) if party else "")


def _lists(say: Speaker) -> Iterator[Row]:
    for section in ("data", "data_subjects", "systems", "notices"):
        for one, record in getattr(say.register, section).items():
            about = getattr(record, "description", None) or getattr(record, "address", None) or record.note
            name = say.data(one) if section == "data" else say.named(section, one)
            yield _entry(say, section, one, name, say.field(about, say.text))
    for kind in ("basis", "role", "aim"):
        for code in words_of(kind):
            yield _entry(say, kind, code, say.code(kind, code), Value(""))


def _entry(say: Speaker, section: str, one: str, name: str, about: Value) -> Row:
    return Row({"list": Value(say.say(f"list_{section}")), "code": Value(one), "label": Value(name), "about": about})


ROWS: dict[str, Callable[[Speaker], Iterator[Row]]] = {
    "register": _activities,
    "transfers": _transfer_rows,
    "parties": _parties,
    "retention": _retention_rows,
    "measures": _measure_rows,
    "services": _services,
    "lists": _lists,
}
"""What fills each sheet; the findings come from the report."""
