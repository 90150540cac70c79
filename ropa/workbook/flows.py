"""Where personal data go: which activities, parties and countries the picture shows, and what joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from typing import Literal, NamedTuple

from ropa.model import Activity, Service, Transfer, in_place, known
from ropa.workbook.speaking import Speaker

__all__ = ["Box", "Flows", "Kind", "Line", "flows"]

Kind = Literal["activity", "party", "country"]

_KINDS: tuple[Kind, Kind, Kind] = ("activity", "party", "country")
_NOWHERE = "countries.unknown"
_NOBODY = "parties.unknown"


@dataclass(frozen=True)
class Box:
    """A thing in the picture."""

    key: str
    """Unique: section and id (`parties.host`), `countries.NL`, or `more.party`."""
    text: str
    """Its name; empty for the box that stands for all that were left out."""
    kind: Kind
    outside: bool = False
    """A country outside the EEA, or a party that is reached there."""
    gap: bool = False
    """Whether it says what the register does not: a country that is not recorded, a recipient that is unknown."""


class Line(NamedTuple):
    """What joins two boxes: data go from the one to the other."""

    start: str
    """The key of a box."""
    end: str
    """The key of a box of the next column."""
    outside: bool
    """Whether data leave the EEA by it."""


@dataclass(frozen=True)
class Flows:
    """The picture's boxes in three columns, each in the order in which it is drawn, and the lines that join them."""

    activities: tuple[Box, ...]
    """Activities and services."""
    parties: tuple[Box, ...]
    """Recipients, and the processors behind them."""
    countries: tuple[Box, ...]
    """Where those are and process."""
    lines: tuple[Line, ...]
    left_out: tuple[int, int, int] = (0, 0, 0)
    """How many of each column stand together in its last box."""

    @property
    def columns(self) -> tuple[tuple[Box, ...], tuple[Box, ...], tuple[Box, ...]]:
        """The three columns, from left to right."""
        return (self.activities, self.parties, self.countries)


def flows(say: Speaker, most: int = 24) -> Flows:
    """Return where the data of all that is in place on the day go, at most so many boxes to a column.

    Those by which data leave the EEA come first, then those that more lines touch; the rest share
    one box, which is joined to all that they were joined to. Raises ValueError if there is no room
    for even that box.
    """
    if most < 1:
        raise ValueError("a column has room for one box at least")
    found = _Found(say)
    lines = list(found.lines())
    columns = [[box for box in found.boxes.values() if box.kind == kind] for kind in _KINDS]
    fitted = [_fitted(boxes, lines, most) for boxes in columns]
    moved = {key: to for fit in fitted for key, to in fit.moved.items()}
    joined = _joined(lines, moved)
    activities, parties, countries = _in_order((fit.boxes for fit in fitted), joined)
    hidden = [len(fit.moved) for fit in fitted]
    return Flows(activities, parties, countries, joined, (hidden[0], hidden[1], hidden[2]))


class _Found:
    """Collects the boxes while it follows the data."""

    def __init__(self, say: Speaker) -> None:
        self.say = say
        self.boxes: dict[str, Box] = {}
        """By key, each as it is first met."""
        self.naming: dict[str, list[Transfer]] = {}
        """By activity: the transfers that name it."""
        for transfer in say.register.transfers.values():
            for one in transfer.activities or ():
                self.naming.setdefault(one, []).append(transfer)

    def lines(self) -> Iterator[Line]:
        """Yield every line of the register."""
        for section in ("activities", "services"):
            for one, record in getattr(self.say.register, section).items():
                if in_place(record, self.say.on):
                    box = self._box(f"{section}.{one}", self.say.named(section, one), "activity")
                    for party in self._reached(record, one):
                        yield Line(box.key, party.key, party.outside)
        self._lost()
        for party in [box for box in self.boxes.values() if box.kind == "party"]:
            yield from self._places(party)

    def _reached(self, record: Activity | Service, one: str) -> Iterator[Box]:
        """Yield whom data of an activity or service reach: by its flows, and by transfers beside those."""
        reached = (flow.reached for flow in self.say.graph.flows(record, self.say.on))
        for party in dict.fromkeys((*reached, *(transfer.to for transfer in self._listed(record, one)))):
            if self._there(party):
                yield self._party(party)

    def _lost(self) -> None:
        """Meet those whom transfers of no activity or service reach: data go there, whatever they are."""
        for one, transfer in self.say.register.transfers.items():
            belongs = self.say.graph.activities_of(one) or self.say.graph.services_of(one)
            if not belongs and in_place(transfer, self.say.on) and self._there(transfer.to):
                self._party(transfer.to)

    def _there(self, party: str) -> bool:
        return not known(party) or in_place(self.say.register.parties[party], self.say.on)

    def _listed(self, record: Activity | Service, one: str) -> list[Transfer]:
        """Return the transfers on the day that an activity or service lists, and those that name it."""
        lists = record.transfers if isinstance(record.transfers, tuple) else ()
        named = self.naming.get(one, ()) if isinstance(record, Activity) else ()
        every = (*(self.say.register.transfers[each] for each in lists), *named)
        return [transfer for transfer in every if in_place(transfer, self.say.on)]

    def _party(self, one: str) -> Box:
        if not known(one):  # the importer of a transfer, so outside
            return self._box(_NOBODY, self.say.say("unknown"), "party", outside=True, gap=True)
        key = f"parties.{one}"
        if key in self.boxes:
            return self.boxes[key]
        return self._box(key, self.say.named("parties", one), "party", outside=self._leaves(one))

    def _leaves(self, party: str) -> bool:
        """Tell whether data leave the EEA to a party; where no country is recorded, whether a transfer to it is."""
        codes = self._codes(party)
        if self._international(party) or not all(map(self._inside, codes)):
            return True
        return not codes and bool(self._transfers(party))

    def _international(self, party: str) -> bool:
        record = self.say.register.parties.get(party)
        return record is not None and record.international_organisation == "yes"

    def _transfers(self, party: str) -> list[Transfer]:
        transfers = (self.say.register.transfers[one] for one in self.say.graph.transfers_to(party))
        return [transfer for transfer in transfers if in_place(transfer, self.say.on)]

    def _codes(self, party: str) -> tuple[str, ...]:
        """Return where a party gets data: where it is and processes, and where transfers to it go."""
        stated = self.say.graph.countries_of(party) if party in self.say.register.parties else ()
        gone = (one.countries for one in self._transfers(party) if isinstance(one.countries, tuple))
        return tuple(dict.fromkeys((*stated, *chain.from_iterable(gone))))

    def _places(self, box: Box) -> Iterator[Line]:
        party = box.key.removeprefix("parties.")
        codes = self._codes(party)
        if not codes and self._international(party):
            return  # it is no country, and need be in none
        for code in codes or ("",):
            there = self._country(code)
            yield Line(box.key, there.key, outside=there.outside or (there.gap and box.outside))

    def _country(self, code: str) -> Box:
        if not code:
            return self._box(_NOWHERE, self.say.say("missing"), "country", gap=True)
        return self._box(f"countries.{code}", self.say.country(code), "country", outside=not self._inside(code))

    def _inside(self, code: str) -> bool:
        return self.say.law.inside(code, self.say.on)

    def _box(self, key: str, text: str, kind: Kind, *, outside: bool = False, gap: bool = False) -> Box:
        return self.boxes.setdefault(key, Box(key, text, kind, outside, gap))


class _Fit(NamedTuple):
    """The boxes of a column that has room for so many."""

    boxes: list[Box]
    moved: dict[str, str]
    """By key of a box that was left out: the key of the one that stands for it."""


def _fitted(boxes: list[Box], lines: Iterable[Line], most: int) -> _Fit:
    """Put the boxes of a column in the order of their weight, the least of them together if they are too many."""
    touching: dict[str, list[bool]] = {}
    for line in lines:
        for key in (line.start, line.end):
            touching.setdefault(key, []).append(line.outside)

    def weight(box: Box) -> tuple[bool, int, str]:
        of = touching.get(box.key, [])
        leaves = box.outside or (box.kind == "activity" and any(of))
        return (not leaves, -len(of), box.key)

    ranked = sorted(boxes, key=weight)
    if len(ranked) <= most:
        return _Fit(ranked, {})
    rest = ranked[most - 1 :]
    more = Box(f"more.{rest[0].kind}", "", rest[0].kind, outside=any(box.outside for box in rest))
    return _Fit([*ranked[: most - 1], more], {box.key: more.key for box in rest})


def _joined(lines: Iterable[Line], moved: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines between the boxes that are left: one for each two, outside if one of those it stands for is."""
    outside: dict[tuple[str, str], bool] = {}
    for line in lines:
        ends = (moved.get(line.start, line.start), moved.get(line.end, line.end))
        outside[ends] = line.outside or outside.get(ends, False)
    return tuple(Line(*ends, outside[ends]) for ends in sorted(outside))


def _in_order(ranked: Iterable[list[Box]], lines: Iterable[Line]) -> tuple[tuple[Box, ...], ...]:
    """Order the columns so that few lines cross: each box at the mean height of what it is joined to.

    To the right and back, and again; each turn begins with what the one before has found.
    """
    columns = [list(boxes) for boxes in ranked]
    joined: dict[str, list[str]] = {}
    for line in lines:
        joined.setdefault(line.start, []).append(line.end)
        joined.setdefault(line.end, []).append(line.start)
    for column, beside in (*_THERE, *_BACK, *_THERE, *_BACK, *_THERE):
        _settle(columns[column], columns[beside], joined)
    return tuple(tuple(boxes) for boxes in columns)


_THERE = ((1, 0), (2, 1))
_BACK = ((1, 2), (0, 1))


def _settle(boxes: list[Box], beside: list[Box], joined: Mapping[str, list[str]]) -> None:
    """Order a column by the one beside it; what is joined to nothing there goes below, and the rest of all last."""
    height = {box.key: at for at, box in enumerate(beside)}

    def place(box: Box) -> tuple[bool, float, str]:
        heights = [height[key] for key in joined.get(box.key, ()) if key in height]
        return (not box.text, fmean(heights) if heights else len(beside), box.key)

    boxes.sort(key=place)
