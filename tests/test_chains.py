"""Transfers through chains of processors: each hop stands or falls by itself, and a finding shows the chain."""

from datetime import date

import pytest

import ropa

CHAIN = """
ropa: 1
controller: {name: Example B.V., country: NL}
data: {names: {name: Names}, notes: {name: Notes}}
data_subjects: {customers: {name: Customers}}
activities:
  support:
    name: Support
    data: [names, notes]
    data_subjects: [customers]
    recipients: [{party: desk, data: [names]}]
parties:
  desk: {name: Desk Ltd, country: IE, role: processor, contract: {signed: 2018-06-01}, sub_processors: [cloud]}
  cloud: {name: Cloud Inc., country: US, role: sub-processor, sub_processors: [night-shift]}
  night-shift: {name: Night Pvt. Ltd., country: IN, role: sub-processor, sub_processors: none}
transfers:
  desk-to-cloud:
    to: cloud
    instruments: [{adequacy: us-privacy-shield, listed: {since: 2017-01-01}}]
  cloud-to-night-shift:
    exporter: cloud
    to: night-shift
    instruments: [{clauses: eu-2010-87, concluded: 2019-03-01, processing_unchanged: yes}]
    assessment: {done: 2020-07-20, result: equivalent}
"""


@pytest.mark.parametrize(
    ("on", "errors"),
    [
        ("2020-07-15", set()),
        ("2020-07-16", {("TRF04", "transfers.desk-to-cloud")}),
        ("2021-09-27", {("TRF04", "transfers.desk-to-cloud")}),
        ("2022-12-27", {("TRF04", "transfers.desk-to-cloud")}),
        ("2022-12-28", {("TRF04", "transfers.desk-to-cloud"), ("TRF10", "transfers.cloud-to-night-shift")}),
        ("2026-11-25", {("TRF04", "transfers.desk-to-cloud"), ("TRF10", "transfers.cloud-to-night-shift")}),
    ],
)
def test_each_hop_falls_on_its_own_day(on: str, errors: set[tuple[str, str]]) -> None:
    report = ropa.check(ropa.load_text(CHAIN), on=date.fromisoformat(on), select_rules=["TRF", "PRC01"])
    assert {(one.rule, one.subject) for one in report.findings if one.severity.value == "error"} == errors
    for one in report.findings:
        if one.rule == "TRF10":
            assert one.trail == ("activities.support", "parties.desk", "parties.cloud", "parties.night-shift")


def test_roles_data_and_people_are_carried_along_the_chain() -> None:
    loaded = ropa.load_text(CHAIN)
    assert loaded.register
    graph = ropa.Graph(loaded.register)
    assert graph.exporters_of("desk-to-cloud") == ("desk",)
    assert graph.relations("desk-to-cloud") == (("desk", "P2P"),)
    assert graph.data_of("cloud-to-night-shift") == ("names",)
    assert graph.people_of("cloud-to-night-shift") == ("customers",)


def test_a_hop_without_a_transfer_is_named_once_at_the_party() -> None:
    text = CHAIN.replace("    exporter: cloud\n", "    exporter: desk\n")
    report = ropa.check(ropa.load_text(text), on=date(2020, 1, 1), select_rules=["TRF02"])
    assert [(one.subject, one.trail[-2:]) for one in report.findings] == [
        ("parties.night-shift", ("parties.cloud", "parties.night-shift"))
    ]


def test_a_party_in_two_countries_needs_ground_in_both() -> None:
    text = CHAIN.replace("country: IE, role", "country: IE, processes_in: [US, IN], role")
    text = text.replace(
        "transfers:\n", "transfers:\n  to-desk: {to: desk, instruments: [{adequacy: us-dpf, listed: yes}]}\n"
    )
    report = ropa.check(ropa.load_text(text), on=date(2024, 1, 1), select_rules=["TRF05"])
    assert [one.subject for one in report.findings] == ["transfers.to-desk"]


def test_a_circle_of_processors_is_a_finding_and_ends() -> None:
    text = CHAIN.replace("sub_processors: none", "sub_processors: [desk]")
    report = ropa.check(ropa.load_text(text), on=date(2020, 1, 1))
    circles = [one for one in report.findings if one.rule == "GRF01"]
    assert [one.trail for one in circles] == [("parties.cloud", "parties.night-shift", "parties.desk", "parties.cloud")]


def test_a_fallback_is_reported_with_what_has_gone() -> None:
    text = CHAIN.replace(
        "{adequacy: us-privacy-shield, listed: {since: 2017-01-01}}",
        "{adequacy: us-privacy-shield, listed: {since: 2017-01-01}}, {clauses: eu-2021-914, module: 3, concluded: 2021-10-01}",
    )
    report = ropa.check(ropa.load_text(text), on=date(2022, 1, 1), select_rules=["TRF04"])
    assert report.findings == ()
    assert report.standings
    standing = report.standings.of("desk-to-cloud")
    assert (standing.basis, standing.best.at, [one.instrument and one.at for one in standing.gone]) == (
        "fallback",
        1,
        [0],
    )
    assert "Stands on a fallback: desk-to-cloud → standard contractual clauses of 2021" in ropa.render(report)
