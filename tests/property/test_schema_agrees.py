"""The schema in `schemas/` and the models accept and refuse the same documents."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import ropa
from ropa.model import Register
from ropa.schema import register_schema

pytestmark = pytest.mark.property

# One record of every kind, every field that has a form of its own.
DOCUMENT = ropa.load_text("""
ropa: 1
language: nl
name: {nl: Register, en: Record}
controller:
  name: Example B.V.
  country: NL
  contact: {email: privacy@example.org}
  dpo: {name: Officer, contact: unknown}
  representative: none
  employees: 12
activities:
  sales:
    name: Sales
    tags: [core]
    purposes:
      sale:
        name: Selling
        data: [names]
        legal_basis: {article: 6(1)(b), contract: the sale}
        special_categories: [{condition: 9(2)(a), explicit_consent: {explicit: yes}}]
      mail:
        name: Mailing
        legal_basis:
          - {article: 6(1)(a), consent: {proof: a log, withdrawal: a link}}
          - {article: 6(1)(f), interest: {nl: reclame}, whose: controller, assessment: {done: 2024-02-29}}
        criminal_data: none
    data_subjects: [customers]
    data: unknown
    sources: [{kind: data-subject}]
    recipients: [mailer, {party: mailer, data: [names]}]
    retention: [{period: P5Y, start: the sale, until_objection: yes}]
    cookies: {session: {name: Session, kind: technical, lifetime: session}}
    automated_decisions: [{ground: 22(2)(b), human_intervention: no}]
    joint_control: {parties: [mailer], essence_available: unknown}
    dpia: {required: no, consulted: none}
    rights: {access: {offered: yes}}
    since: 2019-01-01
services: {hosting: {name: Hosting, controllers: [mailer], processing: [hosting, {en: backups}]}}
parties:
  mailer:
    name: Mailer
    role: processor
    country: US
    processes_in: [IN, US]
    contract: {signed: unknown, terms: {audit: yes}, sub_processing: {authorisation: general}}
    sub_processors: none
    certificates: [{scheme: ISO/IEC 27001, until: unknown}]
transfers:
  mail:
    to: mailer
    instruments:
      - {adequacy: us-dpf, listed: {since: 2023-10-01, hr_data: no}, conditions: {ftc: yes}}
      - {clauses: eu-2021-914, module: 2, concluded: 2023-10-01}
      - {binding_rules: controller, approval: ref, importer_bound: yes}
      - {authorisation: ref, of: contractual-clauses}
      - {code: Cloud, commitments: no}
      - {certification: Europrivacy, issued: unknown}
      - {public_instrument: treaty}
      - {derogation: 49(1)(a), consent: {explicit: yes}}
    assessment: {done: 2023-10-01, result: equivalent, measures: none}
data: {names: {name: Names, special: [health], criminal: no}}
data_subjects: {customers: {name: Customers}}
measures: {backups: {name: Backups, aims: [availability], everywhere: yes}}
systems: {crm: {name: CRM, data: [names]}}
notices: {site: {name: Statement, dated: 2024-01-01}}
waivers: {one: {rule: LB01, subject: activities.sales, path: activities.sales, reason: {nl: later}, accepted_by: FG, accepted_on: 2024-01-01, until: 2024-12-31}}
rights: {objection: {offered: no, reason: none}}
extension_schemas: {data: data.schema.json}
""").sources.merged
VALIDATOR = Draft202012Validator(register_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["unknown", "none", "yes", "no", "nl", "NL", "UK", "P1Y", "P", "2024-02-29", "2024-2-9", "6(1)(c)", "", " ", "a-b", "A b"]),
    st.text(max_size=6),
)  # fmt: skip
values = st.one_of(leaves, st.lists(leaves, max_size=2), st.dictionaries(st.sampled_from(["name", "nl", "party", "x"]), leaves, max_size=2))  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(found for key, each in below for found in places(each, (*path, key)))]


PLACES = places(DOCUMENT)


def accepted_by_model(document: Any) -> bool:
    try:
        Register.model_validate(document)
    except ValidationError:
        return False
    return True


def beyond_a_schema(value: Any) -> bool:
    """Name what JSON Schema cannot tell, so that the two may differ there.

    It takes 1.0 for the integer 1; its patterns are those of another engine, in which `$` stands before a
    last line feed and `\\s` has other members; its `date` knows no year 0000.
    """
    if isinstance(value, float):
        return value.is_integer()
    if isinstance(value, str):
        return value.endswith("\n") or value.startswith("0000") or bool(re.search(r"[\x1c-\x1f\x85]", value))
    if isinstance(value, dict):
        return any(beyond_a_schema(each) for pair in value.items() for each in pair)
    return isinstance(value, list) and any(map(beyond_a_schema, value))


def test_the_document_itself_is_accepted_by_both() -> None:
    assert accepted_by_model(DOCUMENT)
    VALIDATOR.validate(DOCUMENT)


@given(st.data())
def test_model_and_schema_agree(data: st.DataObject) -> None:
    """Schema and models accept and refuse the same documents."""
    document = copy.deepcopy(DOCUMENT)
    *way, last = data.draw(st.sampled_from(PLACES))
    holder: Any = document
    for step in way:
        holder = holder[step]
    match data.draw(st.sampled_from(["replace", "remove", "add"])):
        case "remove":
            del holder[last]
        case "add" if isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["nme", "note", "x", "until", "tags"]))] = data.draw(values)
        case _:
            holder[last] = data.draw(values)
    if not beyond_a_schema(document):
        assert VALIDATOR.is_valid(document) == accepted_by_model(document), document
