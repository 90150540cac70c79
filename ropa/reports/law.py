"""Answers about the law: as plain data for machines, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Any

from ropa.law import INSTRUMENTS, Answer, ClauseFact, Dated, EventFact, Law, Pending, ProposalFact, Standing, Version
from ropa.model.base import Text
from ropa.reports.law_words import WORDS
from ropa.rules.citing import cited
from ropa.source.page import translate

__all__ = [
    "country_name",
    "event_as_data",
    "heading",
    "instrument_as_data",
    "instruments_lines",
    "pending_as_data",
    "proposal_as_data",
    "source_line",
    "standing_in_full",
    "status_lines",
    "still_relied_on",
    "territory_lines",
    "transfer_lines",
    "version_as_data",
]

_WIDTH = 100


# As data


def heading(law: Law, day: date) -> dict[str, Any]:
    """Return what every answer begins with: the day, the law data, and the organisation's own additions."""
    return {
        "on": day.isoformat(),
        "law": {
            "version": law.version,
            "verified_through": law.verified_through.isoformat(),
            "after_verified": day > law.verified_through,
            "overlays": [
                {"kind": one.kind, "name": one.name, "file": one.file, "reason": one.reason} for one in law.overlays
            ],
        },
    }


def version_as_data(version: Version[Any], language: str) -> dict[str, Any]:
    """Return one version of a legal fact with its source."""
    value = version.value.model_dump(mode="json", exclude_defaults=True)
    return {
        "start": version.start.isoformat(),
        "certain": _day(version.certain),
        "end": _day(version.end),
        "value": _in(value, language),
        "source": version.source.model_dump(mode="json", exclude_none=True),
        "ended_by": version.ended_by.model_dump(mode="json", exclude_none=True) if version.ended_by else None,
        "checked": version.checked.isoformat(),
        "confidence": version.confidence,
        "note": _said(version.note, language),
    }


def instrument_as_data(name: str, kind: str, fact: Dated[Any], day: date, language: str) -> dict[str, Any]:
    """Return what a transfer can rest on, with the version of the day, or else the nearest before or after it."""
    version = fact.on(day) or fact.latest_before(day) or fact.versions[0]
    if fact.on(day) is not None:
        state = "in-force"
    elif version.start > day:
        state = "not-yet"
    else:
        state = "relied-on" if still_relied_on(fact, day) else "ended"
    return {
        "name": name,
        "kind": kind,
        "title": translate(fact.name, language),
        "of": getattr(fact, "of", None) or getattr(fact, "organisation", None),
        "regime": getattr(fact, "regime", "gdpr"),
        "state": state,
        **version_as_data(version, language),
        "pending": [
            pending_as_data(one, language)
            for one in fact.pending
            if state == "in-force" and (one.since is None or one.since <= day)
        ],
    }


def still_relied_on(fact: object, day: date) -> bool:
    """Tell whether clauses that can no longer be concluded may still be relied on."""
    if not isinstance(fact, ClauseFact):
        return False
    version = fact.latest_before(day)
    until = version.value.relied_on_until if version else None
    return until is not None and day < until


def pending_as_data(one: Pending, language: str) -> dict[str, Any]:
    """Return a proceeding that may change a fact and has changed nothing yet."""
    return {"what": translate(one.what, language), "since": _day(one.since), "act": one.source.act}


def event_as_data(one: EventFact, language: str) -> dict[str, Any]:
    """Return an event that dates what was assessed before it."""
    return {"day": one.day.isoformat(), "of": one.of, "name": translate(one.name, language), "act": one.source.act}


def proposal_as_data(one: ProposalFact, language: str) -> dict[str, Any]:
    """Return a proposal of law, which changes no answer."""
    return {
        "name": translate(one.name, language),
        "would": translate(one.would, language),
        "since": one.since.isoformat(),
        "status": translate(one.status, language),
        "act": one.source.act,
        "checked": one.checked.isoformat(),
    }


def standing_in_full(standing: Standing, language: str) -> dict[str, Any]:
    """Return on what a transfer stands, with the answer for each instrument on each of its legs."""
    return {
        "state": standing.state.value,
        "basis": standing.basis,
        "answers": [
            {"country": leg.country, **_answer_as_data(answer, language)}
            for leg in standing.legs
            for answer in leg.answers
        ],
    }


def _answer_as_data(answer: Answer, language: str) -> dict[str, Any]:
    version, ended = answer.version, answer.version.ended_by if answer.version else None
    return {
        "instrument": _said(answer.name, language),
        "state": answer.state.value,
        "why": answer.why or None,
        "question": _said(answer.question, language),
        "start": _day(version.start if version else None),
        "end": _day(version.end if version else None),
        "act": version.source.act if version else None,
        "ended_by": ended.act if ended else None,
    }


def country_name(code: str, language: str) -> str:
    """Return the name of a country or territory (CLDR)."""
    from babel import Locale

    return str(Locale(language).territories.get(code, code))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(text: Text | None, language: str) -> str | None:
    return translate(text, language) if text is not None else None


def _in(value: Any, language: str) -> Any:
    """Return plain data with every text by language in one language."""
    if isinstance(value, dict):
        if "en" in value and all(isinstance(each, str) and len(key) == 2 for key, each in value.items()):
            return translate(value, language)
        return {key: _in(each, language) for key, each in value.items()}
    return [_in(each, language) for each in value] if isinstance(value, list) else value


# As text


def source_line(answer: dict[str, Any], language: str) -> str:
    """Return the line that says from which law data an answer comes, and its reservation."""
    law, words = answer["law"], WORDS[language]
    line = words["source"].format(version=law["version"], through=law["verified_through"])
    if law["after_verified"]:
        line += words["later"]
    own = "".join(f"\n{words['own']}: {one['kind']}/{one['name']} ({one['reason']})" for one in law["overlays"])
    return line + own


def status_lines(answer: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what is in the law data."""
    words = WORDS[language]
    for kind, count in answer["facts"].items():
        in_force = (
            f"  {words['in_force'].format(number=count['in_force'], day=answer['on'])}" if count["in_force"] else ""
        )
        yield f"{count['all']:>4} {words[kind]}{in_force}"
    yield ""
    if answer["pending"]:
        yield words["pending"]
        for one in answer["pending"]:
            yield from _lines(f"{one['instrument']}: {one['what']} ({one['act']}, {words['since']} {one['since']})", 2)
    if answer["events"]:
        yield words["events_head"]
        for one in answer["events"]:
            yield from _lines(f"{one['day']}  {one['of'] or '--'}  {one['name']}", 2)
    if answer["proposals"]:
        yield words["proposals_head"]
        for one in answer["proposals"]:
            yield from _lines(f"{one['name']} ({one['act']}, {one['since']}): {one['would']}. {one['status']}", 2)
    yield ""


def territory_lines(answer: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what a country was to the area where data flow freely."""
    words = WORDS[language]
    yield from _hint(answer)
    where = words["inside"] if answer["inside"] else words["outside"]
    yield f"{answer['territory']} {answer['name']}: {where.format(day=answer['on'])}"
    if answer["part_of"]:
        yield f"  {words['part_of'].format(state=answer['part_of'])}"
    for version in answer["history"]:
        status = words[f"status_{version['value']['status']}"]
        yield from _lines(f"{_interval(version, words)}  {status}  ({_act(version, language)})", 2)
        if version["note"]:
            yield from _lines(version["note"], 4)
    for one in answer["decisions"]:
        yield from _instrument(one, words)
    if not answer["inside"] and not answer["decisions"]:
        yield f"  {words['no_decision']}"
    yield ""


def instruments_lines(answer: dict[str, Any], language: str) -> Iterator[str]:
    """Yield what a transfer can rest on."""
    words = WORDS[language]
    yield from _hint(answer)
    for kind in INSTRUMENTS:
        yield words[f"{kind}_head"]
        found = [one for one in answer["instruments"] if one["kind"] == kind]
        if not found:
            yield f"  {words['none_in_force']}"
        for one in found:
            yield from _instrument(one, words)
    yield ""


def transfer_lines(answer: dict[str, Any], language: str) -> Iterator[str]:
    """Yield on what a transfer would stand."""
    words = WORDS[language]
    yield from _hint(answer)
    yield f"{answer['from']} → {answer['to']}, {answer['on']}: {words['state_' + answer['state']]}"
    for one in answer["answers"]:
        if one["instrument"] is None and one["state"] in ("not_a_transfer", "pre_gdpr", "none"):
            continue
        name = one["instrument"] or words["unnamed"]
        interval = f"  {_interval(one, words)}" if one["start"] else ""
        yield from _lines(f"{name}: {words['state_' + one['state']]}{interval}", 2)
        ended = one["ended_by"] if one["state"] == "ended" else None
        refused = one["state"] == "condition_not_met" and one["question"]
        question = words["rules_out"].format(question=one["question"]) if refused else one["question"]
        for part in (question, one["act"], ended and f"{words['ended_by']} {ended}"):
            if part:
                yield from _lines(part, 4)
    if answer["state"] == "none":
        yield from _lines(words["try"], 2)
    if answer["assessment"]:
        yield from _lines(answer["assessment"], 2)
    yield ""


def _instrument(one: dict[str, Any], words: dict[str, str]) -> Iterator[str]:
    """Yield an instrument with its time, act and scope."""
    yield from _lines(f"{one['name']:<20} {words['is_' + one['state']]}  {_interval(one, words)}  {one['title']}", 2)
    yield from _lines(_act(one, words["language"]), 23)
    if one["ended_by"] and one["state"] in ("ended", "relied-on"):
        yield from _lines(f"{words['ended_by']} {one['ended_by']['act']}", 23)
    value = one["value"]
    about = [value.get("covers"), value.get("article") and cited(f"GDPR {value['article']}", words["language"])]
    if value.get("roles"):
        about.append(", ".join(value["roles"]))
    if value.get("relied_on_until"):
        about.append(words["relied_on_until"].format(day=value["relied_on_until"]))
    about += [condition["question"] for condition in value.get("conditions", {}).values()]
    about += [f"{words['excludes']}: {exclusion['what']}" for exclusion in value.get("excludes", {}).values()]
    about += [f"{words['pending']}: {each['what']} ({each['act']})" for each in one["pending"]]
    for part in about:
        if part:
            yield from _lines(part, 23)


def _act(version: dict[str, Any], language: str) -> str:
    source = version["source"]
    parts = [source["act"], source.get("at"), source.get("oj")]
    return cited(", ".join(part for part in parts if part), language)


def _interval(version: dict[str, Any], words: dict[str, str]) -> str:
    until = words["until"].format(day=version["end"]) if version["end"] else ""
    return f"{words['from'].format(day=version['start'])}{until}"


def _hint(answer: dict[str, Any]) -> Iterator[str]:
    if answer["hint"]:
        yield answer["hint"]


def _lines(text: str, indent: int) -> list[str]:
    return wrap(
        text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False
    ) or [""]
