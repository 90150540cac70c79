"""Rewriting: a text says something else, and shows it only where it does."""

import copy
import json
from datetime import date
from typing import Any

import pytest

from ropa.source import Document, read_text
from ropa.source.rewriting import rewritten, written

GONE = object()


def read(text: str, file: str = "register.yaml") -> Document:
    document, faults = read_text(text, file)
    assert document is not None
    assert faults == []
    return document


def changed(text: str, *steps: Any, to: Any, file: str = "register.yaml") -> str:
    """Return the text with the value at a path set to something, or taken out; check that it says that."""
    document = read(text, file)
    data = box = copy.deepcopy(document.data)
    for step in steps[:-1]:
        box = box[step]
    if to is GONE:
        del box[steps[-1]]
    else:
        box[steps[-1]] = to
    result = rewritten(document, data)
    assert repr(sorted(read(result, file).data.items())) == repr(sorted(data.items()))
    return result


def differs(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the lines between what two texts begin and end with alike."""
    ours, theirs = old.splitlines(), new.splitlines()
    while ours and theirs and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    return ours, theirs


ACTIVITY = """\
# Activities of Human Resources.
ropa: 1
activities:   # one so far
  # The first
  payroll:
    name: {nl: Salaris, en: Payroll} # both
    owner: 'Head of HR' # quoted
    since: "2018"
    note: >-
      Wages are paid
      each month.

    data: [contact-details, salary,
           bank-account]
    sources:
      - {kind: data-subject}
      # Worked out by ourselves
      - kind: derived # from hours
        description: Hours
    dpia:
# The end
"""
PAYROLL = ("activities", "payroll")


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_what_does_not_change_is_not_touched(line: str, end: str) -> None:
    text = (ACTIVITY.rstrip("\n") + end).replace("\n", line)
    document = read(text)
    assert rewritten(document, copy.deepcopy(document.data)) == text
    assert changed(text, "ropa", to=2) == text.replace("ropa: 1", "ropa: 2")


@pytest.mark.parametrize(
    ("steps", "to", "line"),
    [
        (("owner",), "Head's", "    owner: 'Head''s' # quoted"),
        (("owner",), "a\nb", '    owner: "a\\nb" # quoted'),
        (("owner",), 12, "    owner: 12 # quoted"),
        (("since",), "0012", '    since: "0012"'),
        (("name", "en"), "Wages, salaries", '    name: {nl: Salaris, en: "Wages, salaries"} # both'),
        (("name", "en"), "Wages: all", '    name: {nl: Salaris, en: "Wages: all"} # both'),
        (("name", "fr"), "Paie", "    name: {nl: Salaris, en: Payroll, fr: Paie} # both"),
        (("name", "nl"), GONE, "    name: {en: Payroll} # both"),
        (("name", "en"), GONE, "    name: {nl: Salaris} # both"),
        (("name",), {}, "    name: {} # both"),
        (("name",), "Payroll", "    name: Payroll # both"),
        (("data", 2), "iban", "           iban]"),
        (("data",), ["contact-details", "salary", "bank-account", "bsn"], "           bank-account, bsn]"),
        (("data", 1), GONE, "    data: [contact-details,"),
        (("sources", 1, "kind"), "told", "      - kind: told # from hours"),
        (("sources", 0, "kind"), GONE, "      - {}"),
        (("dpia",), "none", "    dpia: none"),
        (("dpia",), {"required": "no"}, "    dpia: {required: no}"),
        (("note",), "Wages are paid each week.", "      each week."),
    ],
)
def test_one_line_changes(steps: tuple[Any, ...], to: Any, line: str) -> None:
    old, new = differs(ACTIVITY, changed(ACTIVITY, *PAYROLL, *steps, to=to))
    assert (len(old), new) == (1, [line])


@pytest.mark.parametrize(
    ("steps", "to", "lines"),
    [
        (("reviewed",), "2026-07-16", ["    reviewed: 2026-07-16"]),
        (("country",), "NO", ["    country: NO"]),
        (("retention",), [{"period": "P7Y", "data": ["salary"]}],
         ["    retention:", "      - period: P7Y", "        data: [salary]"]),
        (("sources",), [{"kind": "data-subject"}, {"kind": "law"}, {"kind": "derived", "description": "Hours"}],
         ["      - {kind: law}"]),
        (("sources",), [{"kind": "law"}, {"kind": "data-subject"}, {"kind": "derived", "description": "Hours"}],
         ["      - {kind: law}"]),
        (("sources", 1, "party"), "uwv", ["        party: uwv"]),
    ],
)  # fmt: skip
def test_lines_are_added_and_none_changes(steps: tuple[Any, ...], to: Any, lines: list[str]) -> None:
    assert differs(ACTIVITY, changed(ACTIVITY, *PAYROLL, *steps, to=to)) == ([], lines)


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        (("owner",), ["    owner: 'Head of HR' # quoted"]),
        (("note",), ["    note: >-", "      Wages are paid", "      each month."]),
        (("data",), ["    data: [contact-details, salary,", "           bank-account]"]),
        (("sources", 0), ["      - {kind: data-subject}"]),
        (("sources", 1), ["      - kind: derived # from hours", "        description: Hours"]),
        (("sources", 1, "description"), ["        description: Hours"]),
        (("dpia",), ["    dpia:"]),
    ],
)
def test_lines_are_taken_out_and_none_changes(steps: tuple[Any, ...], lines: list[str]) -> None:
    assert differs(ACTIVITY, changed(ACTIVITY, *PAYROLL, *steps, to=GONE)) == (lines, [])


@pytest.mark.parametrize(
    ("old", "steps", "to", "new"),
    [
        ("a: # why\n  # note\n  b: 1 # x\n  # after\nc: 2\n", ("a",), {}, "a: {} # why\n  # note\n  # after\nc: 2\n"),
        ("a:\n- x\n# after\n- y\n", ("a",), [], "a: []\n# after\n"),
        ("# head\na: 1 # one\n# end\n", ("a",), GONE, "# head\n{}\n# end\n"),
        ("a: {} # none\n", ("a",), {"b": {"c": 1}}, "a: # none\n  b: {c: 1}\n"),
        ("a: [] # none\n", ("a",), ["b"], "a: [b] # none\n"),
        ("a: # none\n# end\n", ("a",), [{"b": {"c": 1}}], "a: # none\n  - b: {c: 1}\n# end\n"),
        ("a:\n  - b: 1 # x\n", ("a", 0), {}, "a:\n  - {}\n"),
        ("a: {\n  # note\n  b: 1, # x\n  c: 2\n}\n", ("a",), {}, "a: {\n  # note\n}\n"),
    ],
)
def test_what_is_emptied_and_what_is_filled(old: str, steps: tuple[Any, ...], to: Any, new: str) -> None:
    assert changed(old, *steps, to=to) == new


@pytest.mark.parametrize(
    ("old", "steps", "to", "new"),
    [
        ("l:\n  - a: 1\n    b: 2\n", ("l", 0, "a"), GONE, "l:\n  - b: 2\n"),
        ("l:\n  - a: 1\n    # on b\n    b: 2\n", ("l", 0, "a"), GONE, "l:\n  -\n    # on b\n    b: 2\n"),
        ("l:\n  - - a\n    - b\n", ("l", 0), ["c", "a", "b"], "l:\n  - - c\n    - a\n    - b\n"),
        ("l: # all\n  # on a\n  - a\n", ("l",), ["b", "a"], "l: # all\n  - b\n  # on a\n  - a\n"),
        ("l:\n  - a # x\n  - b # y\n", ("l",), ["a", "c", "b"], "l:\n  - a # x\n  - c\n  - b # y\n"),
        ("l:\n  - a\n  -\n", ("l", 1), "b", "l:\n  - a\n  - b\n"),
        ("l: [single: pair, b]\n", ("l", 0), {"single": "pair", "c": 1}, "l: [{single: pair, c: 1}, b]\n"),
        ("l: [a, b, ]\n", ("l",), ["a", "b", "c"], "l: [a, b, c, ]\n"),
        ("l: [a,\n  b # x\n  ]\n", ("l", 1), GONE, "l: [a\n  ]\n"),
        ("l: [\n  a,\n  b]\n", ("l",), ["a", "b", "c"], "l: [\n  a,\n  b,\n  c]\n"),
        ("l: [\n  a, # x\n  b # y\n  ]\n", ("l",), ["a", "b", "c"], "l: [\n  a, # x\n  b, # y\n  c\n  ]\n"),
        ("l: [\n  a, # x\n  b, # y\n  ]\n", ("l",), ["a", "b", "c"], "l: [\n  a, # x\n  b, # y\n  c,\n  ]\n"),
        ("l: [\n  a,\n  b\n  ]\n", ("l",), ["c", "a", "b"], "l: [\n  c,\n  a,\n  b\n  ]\n"),
        ("l: [ # none\n  ]\n", ("l",), ["a"], "l: [a # none\n  ]\n"),
        ("l:\n  - a: |\n      one\n  - {? b, c}", ("l", 0, "a"), "two\n", "l:\n  - a: |\n      two\n  - {? b, c}"),
        ("l:\n  - x\n  - a: |\n      one", ("l", 1, "a"), "two\n", 'l:\n  - x\n  - a: "two\\n"'),
    ],
)
def test_items(old: str, steps: tuple[Any, ...], to: Any, new: str) -> None:
    assert changed(old, *steps, to=to) == new


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ("a: | # verse\n  one\n  two\n\nb: 1\n", "one\n  three\n", "a: | # verse\n  one\n    three\n\nb: 1\n"),
        ("a: |\n  one\nb: 1\n", "two", "a: |-\n  two\nb: 1\n"),
        ("a: |\n  one\nb: 1\n", "two\n\n", 'a: "two\\n\\n"\nb: 1\n'),
        ("a: |\n  one\nb: 1\n", " two\n", 'a: " two\\n"\nb: 1\n'),
        ("a: |+\n  one\n\n\nb: 1\n", "two\n", "a: |\n  two\nb: 1\n"),
        ("a: |\n  one\nb: 1\n", ["x"], "a: [x]\nb: 1\n"),
        ("a: >-\n  one two\n  three\nb: 1\n", "one two four\nfive", "a: >-\n  one two\n  four\n\n  five\nb: 1\n"),
        ("a: >\n  one\nb: 1\n", " two\n", 'a: " two\\n"\nb: 1\n'),
        ("a: one\n  two # plain\nb: 1\n", "three", "a: three # plain\nb: 1\n"),
        ("a: 'x'\nb: 1\n", "\x85", 'a: "\\x85"\nb: 1\n'),
    ],
)
def test_texts_of_several_lines(old: str, to: Any, new: str) -> None:
    assert changed(old, "a", to=to) == new


@pytest.mark.parametrize(
    ("old", "steps", "to", "new"),
    [
        ("a: |\n  one\n# end", ("b",), 1, "a: |\n  one\nb: 1\n# end"),
        ("# head\na: |\n  one", ("b",), 1, '# head\na: "one"\nb: 1'),
        ("a: |+\n  one\n\nb: 1\n\n# end\n", ("b",), GONE, 'a: "one\\n\\n"\n\n# end\n'),
        ("a: 1\nb: 2", ("b",), GONE, "a: 1"),
        ("a: 1\nb: 2", ("a",), GONE, "b: 2"),
        ("\na: 1\nb: 2\n", ("a",), GONE, "\nb: 2\n"),
        ("a: 1", ("b",), ["x"], "a: 1\nb: [x]"),
    ],
)
def test_ends_of_texts(old: str, steps: tuple[Any, ...], to: Any, new: str) -> None:
    """A block scalar that would swallow or lose a line break goes into quotes; comments stay."""
    assert changed(old, *steps, to=to) == new


@pytest.mark.parametrize(
    ("old", "data", "new"),
    [
        ("", {"a": 1}, "a: 1\n"),
        ("# only this", {"a": {"b": {"c": 1}}}, "# only this\na:\n  b: {c: 1}\n"),
        ("# head\n{} # none\n", {"a": 1}, "# head\na: 1 # none\n"),
        ("# head\n- a\n", {"a": 1}, "# head\na: 1\n"),
        ("a: 1 # one\nb: 2 # two\n", {"c": 3, "b": 2}, "b: 2 # two\nc: 3\n"),
        ("a: 1 # one\nb: 2 # two\n", {"c": 3, "a": 1}, "a: 1 # one\nc: 3\n"),
        ("a: 1\nb: 2\n", {"c": 3, "d": 4}, "c: 3\nd: 4\n"),
        ("a: {x: 1, y: 2}\n", {"a": {"z": 3}}, "a: {z: 3}\n"),
        ("a:\n  b: 1 # x\n  # y\n  c: 2\n", {"a": ["d"]}, "a: [d]\n"),
        ("a:\n  b: 1\nc: 2\n", {"a": [{"d": {"e": 1}}], "c": 2}, "a:\n  - d: {e: 1}\nc: 2\n"),
        ("a:\n    b: 1\n", {"a": {"b": {"c": {"d": 1}}}}, "a:\n    b:\n        c: {d: 1}\n"),
        ("a:\n- x\n", {"a": ["x"], "b": [["y"], ["z"]]}, "a:\n- x\nb:\n- [y]\n- [z]\n"),
        ("a:\n  -\n    b: 1\n", {"a": [{"c": {"d": 1}}]}, "a:\n  -\n    c: {d: 1}\n"),
        ("a:\n  - b\n  -\n", {"a": ["b", {"c": {"d": 1}}]}, "a:\n  - b\n  - c: {d: 1}\n"),
    ],
)
def test_from_one_to_another(old: str, data: dict[str, Any], new: str) -> None:
    result = rewritten(read(old), data)
    assert read(result).data == data
    assert result == new


@pytest.mark.parametrize(
    ("old", "steps", "to", "new"),
    [
        ('{"a": 1, "b": 2}', ("a",), "\x85é\n", '{"a": "\\u0085é\\n", "b": 2}'),
        ('{"a": 1, "b": 2}', ("b",), GONE, '{"a": 1}'),
        ('{"a": 1, "b": 2}', ("c",), ["x", {"y": None}], '{"a": 1, "b": 2, "c": ["x", {"y": null}]}'),
        ('{\n\t"a": 1\n}\n', ("b",), True, '{\n\t"a": 1,\n\t"b": true\n}\n'),
        ('{\n  "a": 1,\n  "b": 2\n}\n', ("b",), GONE, '{\n  "a": 1\n}\n'),
        ('{\n  "a": 1,\n  "b": 2\n}\n', ("a",), GONE, '{\n  "b": 2\n}\n'),
        ('{\n  "a": [\n    1,\n    2\n  ]\n}\n', ("a",), [0, 1, 2], '{\n  "a": [\n    0,\n    1,\n    2\n  ]\n}\n'),
        ('{\n  "a": {}\n}\n', ("a",), {"b": "x" * 120},
         '{\n  "a": {\n    "b": "' + "x" * 120 + '"\n  }\n}\n'),
        ('{\n    "a": 1\n}\n', ("b",), ["x" * 60, "y" * 60],
         '{\n    "a": 1,\n    "b": [\n        "' + "x" * 60 + '",\n        "' + "y" * 60 + '"\n    ]\n}\n'),
    ],
)  # fmt: skip
def test_json_stays_json(old: str, steps: tuple[Any, ...], to: Any, new: str) -> None:
    result = changed(old, *steps, to=to, file="register.json")
    assert result == new
    assert json.loads(result) == read(result).data


def test_full_lines_of_a_flow_list_go_on_below() -> None:
    words = [f"category-{at}" for at in range(10)]
    old = f"data:\n  of: [{', '.join(words[:9])}]\n"
    one = changed(old, "data", "of", to=words)
    assert one == old.replace("]", ",\n       category-9]")
    assert changed(one, "data", "of", to=[*words, "more"]) == one.replace("]", ", more]")


@pytest.mark.parametrize("old", ["? a\n: 1\n", "{? a : 1}\n", "{? a}\n", "? a\n", "? |\n  a\n: 1\n", '"\\x61": 1\n'])
@pytest.mark.parametrize("key", ["a", "b", "a\n"])
@pytest.mark.parametrize("to", ["x", {"y": ["z"]}])
def test_corners_of_yaml_are_written_anew_if_need_be(old: str, key: str, to: Any) -> None:
    data = {**read(old).data, key: to}
    assert read(rewritten(read(old), data)).data == data


@pytest.mark.parametrize(
    "text",
    ["", "0012", "12", "1e5", "null", "~", "true", "0x1F", ".inf", "- a", "a: b", "a #b", "<<", " a", "a:", "a\tb", "=",
     "\x00", "\u2028", "\ufeff", "a\r\nb", "[a", "@a", "9" * 19, "'a", "---"],
)  # fmt: skip
def test_what_is_not_plain_is_quoted(text: str) -> None:
    assert changed("a: b\n", "a", to=text).startswith('a: "')


@pytest.mark.parametrize(
    "text",
    ["NO", "yes", "12:30", "2020-07-16", "6(1)(b)", "+31 88 000", "https://x.example/#a", "it's", "a, b", "€ 10", "😀",
     "1.2.3", "P5Y", "art. 28 (AWR)"],
)  # fmt: skip
def test_what_people_write_plain_is_plain(text: str) -> None:
    assert changed("a: b\n", "a", to=text) == f"a: {text}\n"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**18, "\ud800", {"a": {1: 2}}, {"k" * 257: 1}])
def test_what_no_text_can_say_is_refused(value: Any) -> None:
    with pytest.raises(AssertionError):
        rewritten(read("a: b\n"), {"a": value})
    with pytest.raises(AssertionError):
        written({"a": value})


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1"), (-0.5, "-0.5"), (1.0, "1.0"), (1e22, "1e+22"), (0.0008309676526809053, "8.3096765268090525e-04")],
)
def test_numbers(number: float, said: str) -> None:
    assert changed("a: b\n", "a", to=number) == f"a: {said}\n"


def test_what_is_not_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="no plain value"):
        written({"a": date(2026, 7, 16)})


def test_written_as_people_write() -> None:
    long = "After the period the processor takes out what identifies " * 3
    data = {
        "ropa": 1,
        "language": "nl",
        "activities": {
            "payroll": {
                "name": {"nl": "Salaris, loon", "en": "Payroll"},
                "description": {"nl": "Salarissen berekenen en uitbetalen " * 2 + "!", "en": "Paying " * 6 + "!"},
                "offered": "yes",
                "dpo": None,
                "transfers": [],
                "data": ["contact-details", "salary"],
                "recipients": ["uwv", {"party": "huisbank"}, {"party": "accountant", "data": ["salary"]}],
                "note": long.strip(),
            }
        },
        "core": False,
    }
    assert (
        written(data)
        == """\
ropa: 1
language: nl

activities:
  payroll:
    name: {nl: "Salaris, loon", en: Payroll}
    description:
      nl: Salarissen berekenen en uitbetalen Salarissen berekenen en uitbetalen !
      en: Paying Paying Paying Paying Paying Paying !
    offered: yes
    dpo: null
    transfers: []
    data: [contact-details, salary]
    recipients:
      - uwv
      - {party: huisbank}
      - party: accountant
        data: [salary]
    note: >-
      After the period the processor takes out what identifies After the period the processor takes out what identifies
      After the period the processor takes out what identifies

core: false
"""
    )
    assert read(written(data)).data == data
    assert written({}) == "{}\n"
