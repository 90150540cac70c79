"""The cells that records of several kinds have: transfers, security, dates, findings; by table and key, a function each."""

from __future__ import annotations

from functools import partial

from ropa.model import Activity, Service
from ropa.workbook.instruments import transfer_line
from ropa.workbook.rows import Getter, Row
from ropa.workbook.speaking import Speaker, Value

__all__ = ["SHARED", "transfers"]


def transfers(say: Speaker, row: Row) -> Value:
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


SHARED: dict[tuple[str, str], Getter] = {
    **{(table, "findings"): _findings for table in ("activities", "services", "parties", "transfers")},
    **{(table, "dates"): _dates for table in ("activities", "services", "parties", "transfers")},
    **{
        (table, key): getter
        for table in ("activities", "services")
        for key, getter in (
            ("transfers", transfers),
            ("security", _security),
            ("security_in_full", _security_in_full),
            ("status", _status),
        )
    },
    ("activities", "not_kept"): _not_kept,
}
"""What is put together, by table and key."""
