"""`ropa impact`: whom and what a party, system, country or instrument touches if it fails or is breached."""

from __future__ import annotations

import argparse
import json

from ropa.cli.main import OK, UNREADABLE, add_language, add_law, asked_day, asked_law, read_register
from ropa.graph import Graph
from ropa.impact import find, impact
from ropa.reports.consequences import impact_lines
from ropa.reports.saying import impact_as_data, thing_named
from ropa.standing import Standings

__all__ = ["options", "run"]


def options(command: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    command.add_argument("path", metavar="PATH", help="the register's folder, or its single file")
    command.add_argument(
        "id", metavar="ID", help="a party, system, activity, … by its id, a country (US), an instrument (us-dpf)"
    )
    add_law(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="text for people, json for machines"
    )
    add_language(command)


def run(options: argparse.Namespace) -> int:
    """Print whom and what the thing touches."""
    loaded = read_register(options.path)
    if loaded is None or loaded.register is None:
        return UNREADABLE
    law, day = asked_law(options), asked_day(options)
    kind, one = find(loaded.register, law, options.id)
    found = impact(Standings(Graph(loaded.register), law, day), kind, one)
    name = thing_named(loaded.register, law, kind, one, options.language)
    if options.format == "json":
        touches = impact_as_data(loaded.register, found, options.language)
        asked = {"kind": kind, "id": one, "name": name}
        print(json.dumps({"on": str(day), "asked": asked, "touches": touches}, ensure_ascii=False, indent=2))
    else:
        print(f"{kind}.{one} “{name}” ({day})")
        print("\n".join(impact_lines(loaded.register, found, options.language)))
    return OK
