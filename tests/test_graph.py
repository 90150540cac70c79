"""The register as a graph: who receives what from whom, where, and what depends on what."""

from datetime import date

import pytest

import ropa
from ropa.graph import Graph, Node

TEXT = """
ropa: 1
controller: {name: Example B.V.}
activities:
  sales:
    name: Sales
    purposes: {sale: {name: Selling, data: [names], data_subjects: [customers]}}
    data_subjects: [customers]
    data: [names]
    recipients: [host, {party: mailer, data: [names]}]
    systems: [crm]
    measures: [backups]
    joint_control: {parties: [partner]}
  news: {name: News, recipients: [mailer]}
  other: {name: Other, transfers: [letters], recipients: none}
services:
  hosting: {name: Hosting, controllers: [partner], sub_processors: [far], data: [names]}
parties:
  host: {name: Host, role: processor, country: IE, processes_in: [IE, US], sub_processors: [deep]}
  deep: {name: Deep, role: sub-processor, country: US, sub_processors: [deepest]}
  deepest: {name: Deepest, role: sub-processor, country: IN, sub_processors: [host], parent: far}
  mailer: {name: Mailer, role: processor, country: US}
  partner: {name: Partner, role: joint-controller, country: unknown}
  far: {name: Far, role: sub-processor, country: JP}
data: {names: {name: Names}}
data_subjects: {customers: {name: Customers}}
systems: {crm: {name: CRM, party: host, data: [names]}}
measures: {backups: {name: Backups}}
transfers:
  mail: {to: mailer, activities: [news]}
  letters: {to: unknown, countries: [CA]}
  onward: {exporter: host, to: deep, data: [names]}
  served: {to: far}
"""


@pytest.fixture
def graph() -> Graph:
    register = ropa.load_text(TEXT).register
    assert register is not None
    return Graph(register)


def test_data_are_followed_to_the_last_processor_and_a_circle_ends(graph: Graph) -> None:
    flows = list(graph.flows(graph.register.activities["sales"]))
    assert [flow.chain for flow in flows] == [
        ("host",),
        ("host", "deep"),
        ("host", "deep", "deepest"),
        ("mailer",),
    ]
    assert flows[2].reached == "deepest"
    assert flows[1].trail == (("parties", "host"), ("parties", "deep"))


def test_a_transfer_belongs_to_the_activities_it_names_or_that_reach_its_importer(graph: Graph) -> None:
    assert graph.transfers_of("sales") == ("onward",)
    assert graph.transfers_of("news") == ("mail",)
    assert graph.transfers_of("other") == ("letters",)
    assert graph.transfers_of("hosting", "services") == ("served",)
    assert graph.activities_of("mail") == ("news",)
    assert graph.activities_of("onward") == ("sales",)


def test_where_a_transfer_goes_and_in_which_roles(graph: Graph) -> None:
    transfers = graph.register.transfers
    assert graph.destinations(transfers["letters"]) == ("CA",)
    assert graph.destinations(transfers["onward"]) == ("US",)
    assert graph.countries_of("host") == ("IE", "US")
    assert graph.countries_of("partner") == ()
    assert [graph.relations(one) for one in ("mail", "letters", "onward", "served")] == [
        ((None, "C2P"),),
        ((None, None),),
        (("host", "P2P"),),
        ((None, "P2P"),),
    ]


@pytest.mark.parametrize(
    ("kind", "one", "touched"),
    [
        ("countries", "IN", {("parties", "deepest"), ("parties", "host"), ("activities", "sales")}),
        ("systems", "crm", {("activities", "sales")}),
        ("measures", "backups", {("activities", "sales")}),
        ("data_subjects", "customers", {("purposes", "sales.sale"), ("activities", "sales")}),
        ("parties", "partner", {("activities", "sales"), ("services", "hosting")}),
    ],
)
def test_what_depends_on_a_thing(graph: Graph, kind: str, one: str, touched: set[tuple[str, str]]) -> None:
    found = graph.touched_by(kind, one)
    assert touched <= set(found)
    assert list(found) == sorted(found)
    assert Node(kind, one) not in found


@pytest.mark.parametrize(
    ("section", "one", "named_by"),
    [
        (
            "parties",
            "host",
            {("activities", "sales"), ("parties", "deepest"), ("systems", "crm"), ("transfers", "onward")},
        ),
        ("parties", "far", {("services", "hosting"), ("parties", "deepest"), ("transfers", "served")}),
        (
            "data",
            "names",
            {("activities", "sales"), ("services", "hosting"), ("systems", "crm"), ("transfers", "onward")},
        ),
        ("data_subjects", "customers", {("activities", "sales")}),
        ("transfers", "letters", {("activities", "other")}),
        ("activities", "news", {("transfers", "mail")}),
        ("activities", "sales", set()),
    ],
)
def test_what_names_a_record_itself(graph: Graph, section: str, one: str, named_by: set[tuple[str, str]]) -> None:
    assert graph.named_by(section, one) == named_by


def test_every_place_that_can_name_a_party_counts_except_its_own_record() -> None:
    register = ropa.load_text("""
ropa: 1
controller: {name: Example B.V.}
activities:
  a:
    name: A
    sources: [{kind: third-party, party: source}]
    cookies: {c: {name: C, party: placer}}
    joint_control: {parties: [partner]}
parties:
  source: {name: Source}
  placer: {name: Placer}
  partner: {name: Partner, parent: group}
  group: {name: Group}
  alone: {name: Alone, parent: alone, sub_processors: [alone]}
""").register
    assert register is not None
    graph = Graph(register)
    assert [one for one in register.parties if not graph.named_by("parties", one)] == ["alone"]


def test_namesakes_bear_the_same_letters_in_the_registers_language() -> None:
    register = ropa.load_text("""
ropa: 1
language: nl
controller: {name: Example B.V.}
parties:
  mailer-us: {name: "Mailer, Inc."}
  mailer-ie: {name: {nl: MAILER INC, en: Mailer Ireland}}
  mailer-nl: {name: Mailer B.V.}
  tax-nl: {name: {nl: Belastingdienst, en: Tax authority}}
  tax-be: {name: {nl: FOD Financiën, en: Tax authority}}
  host: {name: unknown}
  desk: {name: unknown}
""").register
    assert register is not None
    graph = Graph(register)
    assert graph.namesakes("mailer-us") == graph.namesakes("mailer-ie") == ("mailer-ie", "mailer-us")
    assert not any(graph.namesakes(one) for one in ("mailer-nl", "tax-nl", "tax-be", "host", "desk"))


@pytest.mark.parametrize("order", ["old, new", "new, old"])
def test_a_chain_through_a_party_that_is_gone_hides_no_other(order: str) -> None:
    text = f"""
ropa: 1
controller: {{name: Example B.V.}}
activities: {{a: {{name: A, recipients: [desk]}}}}
parties:
  desk: {{name: D, role: processor, country: NL, sub_processors: [{order}]}}
  old: {{name: O, role: sub-processor, country: NL, until: 2024-01-01, sub_processors: [host]}}
  new: {{name: N, role: sub-processor, country: NL, sub_processors: [host]}}
  host: {{name: H, role: sub-processor, country: NL, sub_processors: [deep]}}
  deep: {{name: X, role: sub-processor, country: IN}}
"""
    found = ropa.check(ropa.load_text(text), on=date(2026, 10, 7), select_rules=["TRF02"]).findings
    assert [one.subject for one in found] == ["parties.deep"]
    assert "parties.new" in found[0].trail
