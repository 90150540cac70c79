"""The cells of an activity that are put together from elsewhere in the register: by key, a function each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ropa.model import Derogation, Dpia, JointControl, Party, Recipient, Retention, known
from ropa.workbook.grounds import is_special
from ropa.workbook.instruments import rested_on
from ropa.workbook.rows import Getter, Row, activity_of
from ropa.workbook.shared_cells import transfers
from ropa.workbook.speaking import Speaker, Value
from ropa.workbook.words import explained, series

__all__ = ["ACTIVITIES"]


def _named(say: Speaker, row: Row) -> Value:
    return Value(say.named(*row.owner))


def _controllers(say: Speaker, row: Row) -> Value:
    keeper = say.register.controller or say.register.keeper
    if keeper is None:
        return say.missing
    joint = _joint(say, row)
    return say.lines((say.proper(keeper.name), say.say("jointly", names=", ".join(joint)) if joint else ""))


def _keeper(say: Speaker, row: Row) -> Value:  # noqa: ARG001 - as every cell
    """Say who the controller is and how to reach it."""
    keeper = say.register.controller or say.register.keeper
    return say.field(keeper, say.person)


def _officer(say: Speaker, row: Row, which: str) -> Value:  # noqa: ARG001
    """Say the controller's data protection officer or representative."""
    keeper = say.register.controller or say.register.keeper
    return say.field(getattr(keeper, which, None), say.person)


def _joint(say: Speaker, row: Row) -> list[str]:
    control = activity_of(say, row).joint_control
    return [say.named("parties", one) for one in control.parties] if isinstance(control, JointControl) else []


def _shared_with(say: Speaker, row: Row) -> Value:
    joint = _joint(say, row)
    control = activity_of(say, row).joint_control
    return say.lines(joint) if joint else say.field(None if isinstance(control, JointControl) else control, str)


def _recipients(say: Speaker, row: Row) -> Value:
    return say.field(activity_of(say, row).recipients, partial(_recipient, say))


def _recipient(say: Speaker, each: Any) -> str:
    if not isinstance(each, Recipient):
        return say.party(each)
    more = [", ".join(say.named("data", one) for one in each.data)] if each.data else []
    more += [say.text(each.description)] if each.description else []
    return explained(say.party(each.party), series(more, say.language), say.language)


def _third_countries(say: Speaker, row: Row) -> Value:
    found = [say.register.transfers[one] for one in say.graph.transfers_of(row.owner[1])]
    codes = dict.fromkeys(code for one in found for code in say.graph.destinations(one))
    return say.lines(map(say.country, codes)) if codes else transfers(say, row)


def _safeguards(say: Speaker, row: Row) -> Value:
    said = [explained(say.label("transfers", one), series(rested_on(say, one), say.language) or say.say("missing"), say.language) for one in say.graph.transfers_of(row.owner[1])]  # fmt: skip
    return say.lines(said) if said else Value("")


def _exceptional(say: Speaker, row: Row) -> Value:
    """Say the safeguards of transfers under Art. 49(1) second subparagraph, the only ones that Art. 30(1)(e) wants in the record."""
    found = [say.register.transfers[one] for one in say.graph.transfers_of(row.owner[1])]
    said = [
        explained(say.named("parties", one.to), say.text(each.safeguards) or say.say("missing"), say.language)
        for one in found
        for each in (one.instruments if isinstance(one.instruments, tuple) else ())
        if isinstance(each, Derogation) and each.derogation == "49(1) second subparagraph"
    ]
    if said:
        return say.lines(said)
    return Value(say.say("nothing_exceptional"), "where-applicable") if found else transfers(say, row)


def _retention(say: Speaker, row: Row) -> Value:
    return say.field(activity_of(say, row).retention, partial(_term, say))


def _sensitive_retention(say: Speaker, row: Row) -> Value:
    """Say the time limits for the special and criminal data of an activity, those for all its data among them."""
    record = activity_of(say, row)
    if not isinstance(record.data, tuple) or not any(is_special(say, one) for one in record.data):
        return Value("")
    if not isinstance(record.retention, tuple):
        return _retention(say, row)
    terms = [each for each in record.retention if each.data is None or any(is_special(say, one) for one in each.data)]
    return say.field(terms or None, partial(_term, say))


def _term(say: Speaker, each: Retention) -> str:
    period = say.period(each.period) if each.period else ""
    start = say.text(each.start)
    counted = say.say("from_start", period=period, start=start) if period and start else period
    said = series(filter(None, (counted, say.text(each.criteria), say.text(each.ground))), say.language)
    what = [say.named("data", one) for one in each.data or ()]
    what += [say.named("data_subjects", one) for one in each.data_subjects or ()]
    return explained(", ".join(what), said or say.say("missing"), say.language)


def _sources(say: Speaker, row: Row) -> Value:
    return say.field(activity_of(say, row).sources, partial(_source, say))


def _source(say: Speaker, each: Any) -> str:
    who = say.named("parties", each.party) if each.party else ""
    return explained(
        say.code("source", each.kind),
        series(filter(None, (who, say.text(each.description))), say.language),
        say.language,
    )


def _places(say: Speaker, row: Row) -> Value:
    """Say where the data are: the systems, each with who runs it and where that is."""
    systems = activity_of(say, row).systems
    return say.field(systems, partial(_place, say))


def _place(say: Speaker, one: str) -> str:
    system = say.register.systems.get(one)
    if system is None or system.party is None:
        return say.named("systems", one)
    where = ", ".join(say.country(code) for code in say.graph.countries_of(system.party))
    return explained(say.named("systems", one), ", ".join(part for part in (say.named("parties", system.party), where) if part), say.language)  # fmt: skip


def _automated(say: Speaker, row: Row) -> Value:
    return say.field(activity_of(say, row).automated_decisions, partial(_decision, say))


def _decision(say: Speaker, each: Any) -> str:
    ground = say.code("decision", each.ground) if each.ground else say.say("missing")
    return explained(ground, say.text(each.logic), say.language)


def _assessed(say: Speaker, row: Row) -> Value:
    dpia = activity_of(say, row).dpia
    if not isinstance(dpia, Dpia):
        return Value(say.say("not_done"), "none") if dpia == "none" else say.field(dpia, str)
    said = [say.say(f"required_{dpia.required}") if dpia.required in ("yes", "no") else "", say.day("done", dpia.done)]
    said += [say.text(dpia.reason), say.proper(dpia.reference)]
    said += [say.say("residual", risk=say.code("risk", dpia.residual_risk))] if dpia.residual_risk else []
    return say.lines(said)


def _rights(say: Speaker, row: Row) -> Value:
    """Say which rights data subjects have: those granted as everywhere on one line, then what differs, with how or why."""
    general, own = say.register.rights or {}, activity_of(say, row).rights or {}
    granted = [right for right, one in general.items() if one.offered == "yes" and right not in own]
    said = [", ".join(say.code("right", right) for right in granted)]
    for right, one in {**general, **own}.items():
        if right not in granted:
            why = say.text(one.how if one.offered == "yes" else one.reason)
            fact = "" if one.offered == "yes" else say.code("fact", one.offered)
            said.append(explained(say.code("right", right), series(filter(None, (fact, why)), say.language), say.language))  # fmt: skip
    return say.lines(said) if any(said) else Value("")


def _processors(say: Speaker, row: Row, each: Callable[[str], str] | None = None) -> Value:
    found = [one for one in activity_of(say, row).recipient_ids() if (party := say.register.parties.get(one)) and party.role in ("processor", "sub-processor")]  # fmt: skip
    return say.lines(map(each or say.name("parties"), found)) if found else Value("")


def _contracts(say: Speaker, row: Row) -> Value:
    return _processors(say, row, lambda one: explained(say.named("parties", one), _contract(say, say.register.parties[one]), say.language))  # fmt: skip


def _contract(say: Speaker, record: Party) -> str:
    contract = record.contract
    if not known(contract):
        return say.field(contract, str).text
    kind = say.code("contract", contract.kind) if contract.kind else ""
    parts = (kind, say.day("signed", contract.signed), say.day("until", contract.until), say.proper(contract.reference))
    return ", ".join(filter(None, parts)) or say.say("missing")


ACTIVITIES: dict[str, Getter] = {
    "named": _named,
    "controllers": _controllers,
    "controller": _keeper,
    "dpo": partial(_officer, which="dpo"),
    "representative": partial(_officer, which="representative"),
    "shared_with": _shared_with,
    "recipients": _recipients,
    "countries": _third_countries,
    "safeguards": _safeguards,
    "exceptional": _exceptional,
    "retention": _retention,
    "sensitive_retention": _sensitive_retention,
    "sources": _sources,
    "places": _places,
    "automated": _automated,
    "assessed": _assessed,
    "rights": _rights,
    "processors": _processors,
    "contracts": _contracts,
}
"""What is put together of an activity, by key."""
