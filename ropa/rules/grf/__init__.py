"""Rules of the family GRF: what only the whole graph shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ropa.languages import LANGUAGES
from ropa.model import Activity, Recipient, Service, System, in_place
from ropa.rules.rule import Context
from ropa.rules.wording import in_quotes
from ropa.source import Words
from ropa.source.page import translate

__all__ = ["declared", "handed_undeclared", "held_undeclared", "is_special", "listed", "unused"]


def unused(ctx: Context) -> bool:
    """Tell whether nothing names the record looked at, in a register that has something to name it.

    A record that has ended still names what it names: the register tells of the past too.
    """
    does_something = bool(ctx.register.activities or ctx.register.services)
    return does_something and not ctx.graph.named_by(str(ctx.path[0]), ctx.id)


def listed(ctx: Context, section: str, ids: Iterable[str]) -> Words:
    """Return what people call some records of a section, each in quotation marks, by language."""
    names = [ctx.called((section, one)) for one in ids]
    languages = set(LANGUAGES).union(*(name.keys() for name in names if not isinstance(name, str)))
    return {one: ", ".join(in_quotes(translate(name, one), one) for name in names) for one in sorted(languages)}


def declared(record: Activity | Service) -> frozenset[str] | None:
    """Return the data that an activity or service says it processes, for its purposes included.

    None if that is not told: where the activity has no list of its own, each purpose must have one.
    """
    purposes = [one.data for one in record.purpose_records().values()] if isinstance(record, Activity) else []
    if isinstance(record.data, tuple) and record.data:
        return frozenset(record.data).union(*(data or () for data in purposes))
    return frozenset().union(*(data or () for data in purposes)) if purposes and all(purposes) else None


def is_special(ctx: Context, data: str) -> bool:
    """Tell whether a category of data is recorded to hold special categories (Art. 9(1))."""
    special = ctx.register.data[data].special
    return isinstance(special, tuple) and bool(special)


def handed_undeclared(activity: Activity) -> Iterator[tuple[int, Recipient, list[str]]]:
    """Yield the recipients that get data which the activity does not declare: each category where it comes up first."""
    told = declared(activity)
    if told is None or not isinstance(activity.recipients, tuple):
        return
    seen = set(told)
    for at, entry in enumerate(activity.recipients):
        if isinstance(entry, Recipient):
            more = [one for one in dict.fromkeys(entry.data or ()) if one not in seen]
            seen.update(more)
            if more:
                yield at, entry, more


def held_undeclared(system: System, ctx: Context) -> list[str]:
    """Return the data that a system holds and that nothing accounts for.

    What a record names that does not say which systems it uses may be there for it. Where a user of
    the system does not tell its data, nothing can be said.
    """
    users = {one for one in ctx.graph.named_by("systems", ctx.id) if _uses(ctx, one)}
    told = all(declared(_record(ctx, one)) for one in users)
    if not isinstance(system.data, tuple) or not told or not any(section == "activities" for section, _ in users):
        return []
    held = []
    for one in dict.fromkeys(system.data):
        namers = ctx.graph.named_by("data", one)
        if users.isdisjoint(namers) and not any(_may_use(ctx, namer) for namer in namers):
            held.append(one)
    return held


def _record(ctx: Context, one: tuple[str, str]) -> Activity | Service:
    section, id_ = one
    return ctx.register.activities[id_] if section == "activities" else ctx.register.services[id_]


def _uses(ctx: Context, one: tuple[str, str]) -> bool:
    """Tell whether a record that names something does so in what is done on the day asked about."""
    return one[0] in ("activities", "services") and in_place(_record(ctx, one), ctx.day)


def _may_use(ctx: Context, one: tuple[str, str]) -> bool:
    """Tell whether a record may use any system, since it does not say which."""
    return _uses(ctx, one) and not isinstance(_record(ctx, one).systems, tuple)
