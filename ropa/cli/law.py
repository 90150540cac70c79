"""`ropa law`: what the law was on a day, without a register."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ropa.asking import circumstances_of, claims_of
from ropa.cli.main import OK, add_language, add_law, asked_day, asked_law
from ropa.errors import QuestionError
from ropa.law import INSTRUMENTS, KINDS, ClauseFact, Dated, Law, Standing
from ropa.model import Adequacy, Derogation, country_meant
from ropa.reports import law as said
from ropa.source.page import translate

__all__ = ["options", "run"]

_INSTRUMENT = (
    "what it rests on, in the order of preference: a name (us-dpf, eu-2021-914, 49(1)(b)) or the facts as a "
    "register writes them ({adequacy: us-dpf, listed: yes}); repeatable"
)


def options(command: argparse.ArgumentParser) -> None:
    """Add the questions, each with its options."""
    questions = command.add_subparsers(title="questions", metavar="QUESTION", required=True)
    _question(questions, "status", "say what is in the law data, and how fresh it is", _status)
    territory = _question(questions, "territory", "say what a country was to the GDPR's area", _territory)
    territory.add_argument("country", metavar="CC", help="ISO 3166-1 code (NL, GB, RE)")
    instruments = _question(questions, "instruments", "list what a transfer can rest on", _instruments)
    instruments.add_argument("country", metavar="CC", nargs="?", help="only what serves this country")
    instruments.add_argument("--all", action="store_true", help="those ended and those to come as well")
    transfer = _question(questions, "transfer", "say on what a transfer would stand", _transfer)
    transfer.add_argument(
        "--from", dest="exporter", default="NL", metavar="CC", help="where the exporter is (default: NL)"
    )
    transfer.add_argument("--to", dest="importer", required=True, metavar="CC", help="where the importer is")
    transfer.add_argument("--instrument", action="append", default=[], metavar="NAME", help=_INSTRUMENT)
    transfer.add_argument(
        "--roles", choices=("C2C", "C2P", "P2P", "P2C"), help="exporter to importer: controller, processor"
    )
    for fact, meaning in _FACTS.items():
        transfer.add_argument(f"--{fact}", choices=("yes", "no", "unknown"), help=meaning)


_FACTS = {
    "recurring": "whether the transfer recurs",
    "personnel": "whether the data are about the exporter's own personnel",
    "law-enforcement": "whether a competent authority processes them for law enforcement",
    "exporter-public": "whether the exporter is a public authority",
    "importer-public": "whether the importer is a public authority",
    "organisation": "whether the importer is an international organisation",
}


def _question(
    questions: Any, name: str, summary: str, answer: Callable[[argparse.Namespace, Law, date], dict[str, Any]]
) -> argparse.ArgumentParser:
    question: argparse.ArgumentParser = questions.add_parser(name, help=summary, description=summary.capitalize() + ".")
    add_law(question)
    question.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people, json for machines"
    )
    add_language(question)
    question.set_defaults(answer=answer, says=getattr(said, f"{name}_lines"), command=question)
    return question


def run(options: argparse.Namespace) -> int:
    """Answer a question about the law."""
    law, day = asked_law(options), asked_day(options)
    answer = {**said.heading(law, day), **options.answer(options, law, day)}
    if options.format == "json":
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        lines: Iterator[str] = options.says(answer, options.language)
        print("\n".join([*lines, said.source_line(answer, options.language)]))
    return OK


def _status(options: argparse.Namespace, law: Law, day: date) -> dict[str, Any]:
    facts = {kind: dict(law.facts(kind)) for kind in KINDS}
    counts = {
        kind: {"all": len(found), "in_force": sum(isinstance(one, Dated) and one.on(day) is not None for one in found.values())}
        for kind, found in facts.items()
    }  # fmt: skip
    pending = [
        {"instrument": name, **said.pending_as_data(one, options.language)}
        for kind in INSTRUMENTS
        for name, fact in facts[kind].items()
        if isinstance(fact, Dated) and fact.on(day) is not None
        for one in fact.pending
        if one.since is None or one.since <= day
    ]
    events = [said.event_as_data(one, options.language) for one in law.events(None, day, every=True)]
    proposals = [said.proposal_as_data(one, options.language) for one in law.proposals() if one.since <= day]
    return {"facts": counts, "pending": pending, "events": events, "proposals": proposals}


def _territory(options: argparse.Namespace, law: Law, day: date) -> dict[str, Any]:
    code, hint = _country(options.country)
    fact = law.territory(code)
    decisions = [
        said.instrument_as_data(name, "adequacy", law.adequacy(name), day, options.language)
        for name in law.names("adequacy")
        if law.adequacy(name).of == code
    ]
    history = [said.version_as_data(version, options.language) for version in (fact.versions if fact else ())]
    return {
        "territory": code,
        "hint": hint,
        "name": said.country_name(code, options.language),
        "part_of": fact.part_of if fact else None,
        "inside": law.inside(code, day),
        "history": history,
        "decisions": decisions,
    }


def _instruments(options: argparse.Namespace, law: Law, day: date) -> dict[str, Any]:
    code, hint = _country(options.country) if options.country else (None, None)
    found = []
    for kind in INSTRUMENTS:
        for name, fact in law.facts(kind):
            about = getattr(fact, "of", None)
            if not isinstance(fact, Dated) or (code and kind == "adequacy" and about != code):
                continue
            if not options.all and isinstance(fact, ClauseFact) and not (fact.transfer_tool and fact.regime == "gdpr"):
                continue  # sets of another regime, and those for processor contracts
            if options.all or fact.on(day) is not None or said.still_relied_on(fact, day):
                found.append(said.instrument_as_data(name, kind, fact, day, options.language))
    return {"country": code, "hint": hint, "instruments": found}


def _transfer(options: argparse.Namespace, law: Law, day: date) -> dict[str, Any]:
    exporter, importer = _country(options.exporter), _country(options.importer)
    facts = {name: getattr(options, name.replace("-", "_")) for name in _FACTS}
    of = circumstances_of(law, on=day, exporter=exporter[0], importer=importer[0], roles=options.roles, facts=facts)
    claims = claims_of(law, options.instrument)
    standing = law.transfer(claims, of, on=day)
    return {
        "from": exporter[0],
        "to": importer[0],
        "hint": exporter[1] or importer[1],
        **said.standing_in_full(standing, options.language),
        "assessment": _asked_assessment(law, standing, day, options.language),
    }


def _asked_assessment(law: Law, standing: Standing, day: date, language: str) -> str | None:
    """Return the duty to assess the third country's law, where a transfer would stand on a safeguard of Art. 46."""
    duty = law.duty("transfer-assessment").on(day)
    claim = standing.best.instrument
    safeguard = claim is not None and not isinstance(claim, (Adequacy, Derogation))
    if duty is None or not safeguard or standing.state.fails:
        return None
    return f"{translate(duty.value.asks, language).capitalize()} ({duty.source.act})."


def _country(text: str) -> tuple[str, str | None]:
    """Return the ISO 3166-1 code that is meant, and a hint where another was written. Raises QuestionError."""
    code, written = country_meant(text), text.strip().upper()
    if code is None:
        raise QuestionError(f"{text!r} is no ISO 3166-1 country code (NL, GB, US)")
    return code, None if code == written else f"{written} is no ISO 3166-1 code; {code} is meant"
