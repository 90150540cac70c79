"""The data-flow picture: who is drawn, what joins them, and shapes that stand where they should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

import ropa
from ropa.graph import Graph
from ropa.standing import Standings
from ropa.workbook.flows import Box, Flows, Kind, Line, flows
from ropa.workbook.picture import drawing
from ropa.workbook.speaking import Speaker

DAY = date(2026, 10, 7)
EMU = 36_000
HEADINGS = ("activities", "parties", "countries")
SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def law() -> ropa.Law:
    return ropa.Law.load()


def seen(text: str, on: date = DAY, most: int = 24) -> Flows:
    loaded = ropa.load_text(f"ropa: 1\ncontroller: {{name: Example B.V., country: NL}}\n{text}")
    assert not loaded.problems
    assert loaded.register is not None
    return flows(Speaker(Standings(Graph(loaded.register), law(), on), "en"), most)


def keys(boxes: Iterable[Box]) -> list[str]:
    return [box.key for box in boxes]


def outside(of: Flows) -> set[str]:
    return {box.key for boxes in of.columns for box in boxes if box.outside}


# Who is drawn


def test_data_go_from_an_activity_to_a_party_to_its_countries() -> None:
    found = seen("""
activities:
  sales: {name: Sales, recipients: [host]}
  payroll: {name: Payroll, recipients: none}
parties:
  host: {name: Host, country: NL, processes_in: [DE]}
  nobody: {name: Nobody, country: US}
""")
    assert found.activities == (Box("activities.sales", "Sales", "activity"), Box("activities.payroll", "Payroll", "activity"))  # fmt: skip
    assert found.parties == (Box("parties.host", "Host", "party"),)
    assert [box.text for box in found.countries] == ["Germany", "Netherlands"]
    assert found.lines == (
        Line("activities.sales", "parties.host", outside=False),
        Line("parties.host", "countries.DE", outside=False),
        Line("parties.host", "countries.NL", outside=False),
    )
    assert found.left_out == (0, 0, 0)


def test_a_processor_behind_a_processor_has_a_box_of_its_own() -> None:
    found = seen("""
activities: {sales: {name: Sales, recipients: [host]}}
parties:
  host: {name: Host, role: processor, country: NL, sub_processors: [nightdesk]}
  nightdesk: {name: Nightdesk, role: sub-processor, country: LK}
""")
    assert Line("activities.sales", "parties.nightdesk", outside=True) in found.lines
    assert Line("activities.sales", "parties.host", outside=False) in found.lines
    assert outside(found) == {"parties.nightdesk", "countries.LK"}


def test_a_service_is_drawn_as_an_activity_is() -> None:
    found = seen("""
services: {hosting: {name: Hosting, sub_processors: [host]}}
parties: {host: {name: Host, country: FR}}
""")
    assert found.activities == (Box("services.hosting", "Hosting", "activity"),)
    assert found.lines[1] == Line("services.hosting", "parties.host", outside=False)


def test_countries_that_are_not_recorded_share_a_box() -> None:
    found = seen("""
activities: {sales: {name: Sales, recipients: [one, two]}}
parties: {one: {name: One}, two: {name: Two, country: unknown}}
""")
    assert found.countries == (Box("countries.unknown", "not recorded", "country", gap=True),)
    assert [line for line in found.lines if line.end == "countries.unknown"] == [
        Line("parties.one", "countries.unknown", outside=False),
        Line("parties.two", "countries.unknown", outside=False),
    ]


def test_a_party_is_outside_if_data_reach_it_in_one_third_country() -> None:
    found = seen("""
activities: {sales: {name: Sales, recipients: [here, there, sent]}}
parties:
  here: {name: Here, country: IE}
  there: {name: There, country: IE, processes_in: [US]}
  sent: {name: Sent, country: IE}
transfers: {away: {to: sent, countries: [IN], instruments: none}}
""")
    assert outside(found) == {"parties.there", "parties.sent", "countries.US", "countries.IN"}
    assert Line("parties.there", "countries.IE", outside=False) in found.lines
    assert Line("parties.there", "countries.US", outside=True) in found.lines
    assert Line("parties.sent", "countries.IN", outside=True) in found.lines


def test_an_international_organisation_is_outside_and_in_no_country() -> None:
    found = seen("""
activities: {sales: {name: Sales, recipients: [office]}}
parties: {office: {name: Office, international_organisation: yes}}
""")
    assert found.lines == (Line("activities.sales", "parties.office", outside=True),)
    assert found.countries == ()


def test_transfers_beside_the_recipients_are_drawn() -> None:
    found = seen("""
activities:
  listing: {name: Listing, transfers: [to-one]}
  named: {name: Named}
parties: {one: {name: One, country: US}, two: {name: Two, country: US}}
transfers:
  to-one: {to: one, instruments: none}
  to-two: {to: two, activities: [named], instruments: none}
""")
    assert found.lines[:2] == (
        Line("activities.listing", "parties.one", outside=True),
        Line("activities.named", "parties.two", outside=True),
    )


def test_a_transfer_of_nothing_to_nobody_known_still_leaves_the_eea() -> None:
    found = seen("transfers: {lost: {to: unknown, countries: unknown, instruments: none}}")
    assert found.parties == (Box("parties.unknown", "unknown", "party", outside=True, gap=True),)
    assert found.lines == (Line("parties.unknown", "countries.unknown", outside=True),)


def test_a_transfer_to_a_country_that_is_not_recorded_leaves_the_eea() -> None:
    found = seen("""
activities: {a: {name: A, recipients: [host]}}
parties: {host: {name: Host, country: unknown}}
transfers: {away: {to: host, countries: unknown, instruments: none}}
""")
    assert found.lines == (
        Line("activities.a", "parties.host", outside=True),
        Line("parties.host", "countries.unknown", outside=True),
    )
    assert outside(found) == {"parties.host"}


GONE = """
activities:
  now: {name: Now, recipients: [host, left], transfers: [to-left]}
  before: {name: Before, recipients: [host], until: 2025-01-01}
parties:
  host: {name: Host, country: GB}
  left: {name: Left, country: US, until: 2025-01-01}
transfers:
  ended: {to: host, countries: [IN], instruments: none, until: 2025-01-01}
  to-left: {to: left, instruments: none}
"""


def test_what_is_over_on_the_day_is_not_drawn() -> None:
    found = seen(GONE)
    assert [keys(boxes) for boxes in found.columns] == [["activities.now"], ["parties.host"], ["countries.GB"]]
    assert "activities.before" in keys(seen(GONE, date(2024, 12, 31)).activities)


@pytest.mark.parametrize(("on", "leaves"), [(date(2019, 6, 1), False), (date(2024, 6, 1), True)])
def test_the_law_of_the_day_tells_what_is_outside(on: date, *, leaves: bool) -> None:
    text = "activities: {a: {name: A, recipients: [host]}}\nparties: {host: {name: Host, country: GB}}\n"
    assert bool(outside(seen(text, on))) is leaves


# Too many for a column

MANY = "\n".join((
    "activities:",
    *(f"  a{n}: {{name: A{n}, recipients: [p{n}]}}" for n in range(6)),
    "  busy: {name: Busy, recipients: [p0, p1, p2]}",
    "parties:",
    *(f"  p{n}: {{name: P{n}, country: {'US' if n == 5 else 'NL'}}}" for n in range(6)),
))  # fmt: skip


def test_the_rest_shares_a_box_that_is_joined_to_all_that_they_were_joined_to() -> None:
    found = seen(MANY, most=3)
    assert keys(found.activities) == ["activities.a5", "activities.busy", "more.activity"]
    assert set(keys(found.parties)) == {"parties.p5", "parties.p0", "more.party"}
    assert found.left_out == (5, 4, 0)
    assert found.activities[-1].text == found.parties[-1].text == ""
    assert {line for line in found.lines if line.start.startswith("more.")} == {
        Line("more.activity", "parties.p0", outside=False),
        Line("more.activity", "more.party", outside=False),
        Line("more.party", "countries.NL", outside=False),
    }


def test_what_leaves_the_eea_is_the_last_to_be_left_out() -> None:
    assert keys(seen(MANY, most=2).parties) == ["parties.p5", "more.party"]
    alone = seen(MANY, most=1)
    assert alone.left_out == (7, 6, 2)
    assert alone.lines == (
        Line("more.activity", "more.party", outside=True),
        Line("more.party", "more.country", outside=True),
    )
    assert alone.parties[0].outside


def test_a_column_needs_room() -> None:
    with pytest.raises(ValueError, match="one box"):
        seen(MANY, most=0)


def test_lines_do_not_cross_where_they_need_not() -> None:
    found = seen("""
activities:
  a: {name: A, recipients: [z]}
  b: {name: B, recipients: [y]}
  c: {name: C, recipients: [x]}
parties: {x: {name: X, country: AT}, y: {name: Y, country: BE}, z: {name: Z, country: SE}}
""")
    assert [keys(boxes) for boxes in found.columns] == [
        ["activities.a", "activities.b", "activities.c"],
        ["parties.z", "parties.y", "parties.x"],
        ["countries.SE", "countries.BE", "countries.AT"],
    ]


# The shapes


@dataclass(frozen=True)
class Shape:
    """A shape as a reader of the part sees it; lengths in EMU."""

    id: str
    line: bool
    x: int
    y: int
    width: int
    height: int
    text: str
    whole: str
    colour: str
    bold: bool
    up: bool

    def overlaps(self, other: Shape) -> bool:
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        apart = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not (beside or apart)


def shapes(part: str) -> list[Shape]:
    return [_shape(anchor) for anchor in ET.fromstring(part)]  # noqa: S314 - our own


def _shape(anchor: ET.Element) -> Shape:
    assert [child.tag.removeprefix(SHEET) for child in anchor] == ["pos", "ext", *(["sp"] if anchor.find(f"{SHEET}sp") is not None else ["cxnSp"]), "clientData"]  # fmt: skip
    frame, about = anchor.find(f".//{MAIN}xfrm"), anchor.find(f".//{SHEET}cNvPr")
    ink = anchor.find(f".//{MAIN}ln//{MAIN}srgbClr")
    assert frame is not None
    assert about is not None
    assert ink is not None
    at, size = frame[0].attrib, frame[1].attrib
    assert [dict(child.attrib) for child in anchor[:2]] == [at, size]
    run = anchor.find(f".//{MAIN}rPr")
    return Shape(
        about.get("id", ""), anchor.find(f"{SHEET}cxnSp") is not None,
        int(at["x"]), int(at["y"]), int(size["cx"]), int(size["cy"]),
        anchor.findtext(f".//{MAIN}t", ""), about.get("descr", ""), ink.get("val", ""),
        run is not None and run.get("b") == "1", frame.get("flipV") == "1",
    )  # fmt: skip


def drawn(of: Flows, *, legend: tuple[str, str] | None = None) -> list[Shape]:
    return shapes(drawing(of, HEADINGS, lambda number: f"{number} more", legend=legend))


def small(*names: str, country: str = "NL", leaves: bool = False) -> Flows:
    boxes = tuple(Box(f"activities.{at}", name, "activity") for at, name in enumerate(names))
    party, there = Box("parties.p", "Party", "party", leaves), Box("countries.c", country, "country", leaves)
    lines = [*(Line(box.key, party.key, leaves) for box in boxes), Line(party.key, there.key, leaves)]
    return Flows(boxes, (party,), (there,), tuple(lines))


def test_headings_boxes_and_lines_are_drawn() -> None:
    found = drawn(small("One", "Two"))
    assert [shape.text for shape in found if not shape.line] == [
        "Activities", "Parties", "Countries", "One", "Two", "Party", "NL",
    ]  # fmt: skip
    assert [(shape.line, shape.up) for shape in found[:3]] == [(True, False), (True, True), (True, False)]


def test_what_leaves_the_eea_is_red_thick_and_bold() -> None:
    assert {(shape.colour, shape.bold) for shape in drawn(small("One", leaves=True)) if shape.text in ("Party", "NL")} == {("B3261E", True)}  # fmt: skip
    part = drawing(small("One", leaves=True), HEADINGS, str)
    assert part.count('<a:ln w="15875"><a:solidFill><a:srgbClr val="B3261E"/>') == 2
    assert "B3261E" not in drawing(small("One"), HEADINGS, str)


def test_lines_that_leave_the_eea_lie_on_top() -> None:
    boxes = small("One", "Two")
    mixed = (Line("activities.0", "parties.p", outside=True), *boxes.lines[1:])
    found = drawn(Flows(boxes.activities, boxes.parties, boxes.countries, mixed))
    assert [shape.colour for shape in found if shape.line] == ["9AA5B4", "9AA5B4", "B3261E"]


def test_the_box_of_the_rest_says_how_many_they_are() -> None:
    assert [shape.text for shape in drawn(seen(MANY, most=3)) if "more" in shape.text] == ["5 more", "4 more"]


def test_a_text_that_is_too_long_ends_after_a_word_and_is_whole_for_a_screen_reader() -> None:
    name = "The keeping of relations with customers and of everything that they ever asked for, in all regions"
    shape = next(shape for shape in drawn(small(*[name] * 24)) if shape.text.startswith("The keeping"))
    assert shape.text.endswith("…")
    assert f"{shape.text[:-1]} " in name
    assert shape.whole == name
    assert name in {shape.text for shape in drawn(small(name))}


def test_one_word_that_fills_a_box_is_cut_itself() -> None:
    shape = next(shape for shape in drawn(small(*[f"A {'x' * 200}"] * 24)) if shape.text.startswith("A "))
    assert len(shape.text) > 30
    assert shape.text.endswith("x…")


def test_text_stays_text() -> None:
    name = 'A & B <c> "d" _x0041_ \x07\n e'
    shape = next(shape for shape in drawn(small(name)) if shape.text.startswith("A "))
    assert shape.text == shape.whole == 'A & B <c> "d" _x005F_x0041_ \ufffd e'


def test_a_legend_stands_below_the_boxes() -> None:
    *boxes, line, inside, thick, beyond = drawn(small("One"), legend=("within", "beyond"))
    assert (inside.text, beyond.text) == ("within", "beyond")
    assert (line.colour, thick.colour) == ("9AA5B4", "B3261E")
    assert inside.y > max(shape.y + shape.height for shape in boxes)


def test_the_picture_begins_where_it_is_told_to() -> None:
    usual, lower = (shapes(drawing(small("One"), HEADINGS, str, top=top)) for top in (0.0, 20.0))
    assert {below.y - above.y for above, below in zip(usual, lower, strict=True)} == {20 * EMU}


def test_a_register_without_flows_has_headings() -> None:
    assert [shape.text for shape in drawn(seen("activities: {}"))] == ["Activities", "Parties", "Countries"]


def test_more_boxes_than_can_be_read_are_drawn_all_the_same() -> None:
    assert len([shape for shape in drawn(small(*["Name"] * 60)) if shape.text == "Name"]) == 60


def test_another_reader_knows_the_shapes() -> None:
    part = drawing(seen(MANY), HEADINGS, str)
    read = SpreadsheetDrawing.from_tree(ET.fromstring(part))  # type: ignore[arg-type]  # noqa: S314 - our own
    assert read is not None
    kinds = Counter("sp" if anchor.sp is not None else "cxnSp" for anchor in read.absoluteAnchor)
    assert kinds == {"sp": 3 + 7 + 6 + 2, "cxnSp": 9 + 6}


# Properties

SAID = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120).filter(str.strip)


@st.composite
def pictures(draw: st.DrawFn) -> Flows:
    def column(kind: Kind) -> tuple[Box, ...]:
        said = draw(st.lists(st.tuples(SAID, st.booleans(), st.booleans()), max_size=24))
        return tuple(Box(f"{kind}.{at}", text, kind, leaves, gap) for at, (text, leaves, gap) in enumerate(said))

    columns = column("activity"), column("party"), column("country")
    pairs = [(a.key, b.key) for left, right in ((0, 1), (1, 2)) for a in columns[left] for b in columns[right]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    return Flows(*columns, tuple(Line(*pair, draw(st.booleans())) for pair in sorted(chosen)))


@pytest.mark.property
@given(pictures())
def test_a_picture_fits_one_page_and_nothing_on_it_overlaps(of: Flows) -> None:
    found = drawn(of, legend=("inside", "outside"))
    boxes = [shape for shape in found if not shape.line]
    assert len(boxes) == 5 + sum(map(len, of.columns))
    assert len({shape.id for shape in found}) == len(found)
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    for shape in found:
        assert 0 <= shape.x <= shape.x + shape.width <= 277 * EMU
        assert 0 <= shape.y <= shape.y + shape.height <= 165 * EMU


@pytest.mark.property
@given(pictures())
def test_every_line_joins_the_sides_of_its_boxes(of: Flows) -> None:
    found = drawn(of)
    boxes = [shape for shape in found if not shape.line][3:]
    places = dict(zip((box.key for column in of.columns for box in column), boxes, strict=True))
    lines = sorted(of.lines, key=lambda line: (line.outside, line))
    for line, shape in zip(lines, (shape for shape in found if shape.line), strict=True):
        start, end = places[line.start], places[line.end]
        first, last = (shape.y + shape.height, shape.y) if shape.up else (shape.y, shape.y + shape.height)
        assert abs(shape.x - start.x - start.width) <= 1
        assert abs(shape.x + shape.width - end.x) <= 1
        assert start.y <= first <= start.y + start.height
        assert end.y <= last <= end.y + end.height


PLACES = {"u": "NL", "v": "US", "w": "DE", "x": "IN", "y": "unknown", "z": "GB"}


@pytest.mark.property
@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.sampled_from("uvwxyz"), min_size=1, unique=True), min_size=1
    ),
    st.permutations("uvwxyz"),
    st.integers(1, 7),
)
def test_no_flow_is_lost_and_the_order_of_the_text_changes_nothing(
    recipients: dict[str, list[str]], parties: list[str], most: int
) -> None:
    def text(activities: Iterable[str], parties: Iterable[str]) -> str:
        told = [f"  {one}: {{name: {one}, recipients: [{', '.join(recipients[one])}]}}" for one in activities]
        known = [f"  {one}: {{name: {one}, country: {PLACES[one]}}}" for one in parties]
        return "\n".join(("activities:", *told, "parties:", *known))

    found = seen(text(recipients, parties), most=most)
    assert found == seen(text(sorted(recipients), sorted(parties)), most=most)
    assert all(len(boxes) <= most for boxes in found.columns)

    def stands(key: str, kind: Kind) -> str:
        return key if key in {box.key for boxes in found.columns for box in boxes} else f"more.{kind}"

    wanted = set()
    for one, some in recipients.items():
        for party in some:
            middle = stands(f"parties.{party}", "party")
            wanted |= {(stands(f"activities.{one}", "activity"), middle)}
            wanted |= {(middle, stands(f"countries.{PLACES[party]}", "country"))}
    assert {(line.start, line.end) for line in found.lines} == wanted
