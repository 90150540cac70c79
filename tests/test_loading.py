"""Loading: what a register's text may be, and what is said of text that is none."""

import os
from pathlib import Path

import pytest

import ropa

HEAD = "ropa: 1\ncontroller: {name: Example B.V.}\n"


def said(text: str) -> list[tuple[str, int, int]]:
    return [(one.rule, one.place.line, one.place.column) for one in ropa.load_text(text).problems]


def only(text: str) -> str:
    problems = ropa.load_text(text).problems
    assert len(problems) == 1, problems
    return str(problems[0])


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        file = folder / f"{name}.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_country_no_is_norway_and_times_are_text() -> None:
    register = ropa.load_text(HEAD + "parties: {p: {name: 12:30, country: NO}}\n").register
    assert register is not None
    assert (register.parties["p"].name, register.parties["p"].country) == ("12:30", "NO")


@pytest.mark.parametrize("encode", [str.encode, lambda text: b"\xef\xbb\xbf" + text.encode()], ids=["plain", "bom"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_change_nothing(tmp_path: Path, encode: object, line: str) -> None:
    text = (HEAD + "data:\n  names: {name: Naam é}\n").replace("\n", line)
    write(tmp_path, register=encode(text))  # type: ignore[operator]
    loaded = ropa.load(tmp_path)
    assert loaded.problems == ()
    assert loaded.register == ropa.load_text(text).register


def test_json_works_too(tmp_path: Path) -> None:
    (tmp_path / "register.json").write_text('{"ropa": 1,\n\t"controller": {"name": "A\\u00e9"}}', encoding="utf-8")
    assert ropa.load(tmp_path).problems == ()


def test_ten_faults_are_ten_findings_with_their_places(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=HEAD
        + """activities:
  sales:
    name: Sales
    recipents: none
    recipients: [mailr]
    since: 2020-13-01
    profiling: maybe
    purposes:
      sale: {legal_basis: {article: 6(1)(z)}}
    retention: [{period: 5 years}]
parties:
  mailer: {name: Mailer, country: UK}
""",
        b="parties:\n  mailer: {name: Another}\n",
        c="activities:\n\tother: {name: Other}\n",
    )
    loaded = ropa.load(tmp_path)
    assert loaded.register is None
    found = [(Path(one.place.file).stem, one.place.line, one.rule) for one in loaded.problems]
    assert found == [
        ("a", 6, "SRC05"),
        ("a", 7, "SRC08"),
        ("a", 8, "SRC07"),
        ("a", 9, "SRC07"),
        ("a", 11, "SRC06"),
        ("a", 11, "SRC07"),
        ("a", 12, "SRC07"),
        ("a", 14, "SRC07"),
        ("b", 2, "SRC04"),
        ("c", 2, "SRC02"),
    ]
    assert "did you mean `recipients`?" in loaded.problems[0].message
    assert "did you mean `mailer`?" in loaded.problems[1].message
    assert "did you mean `GB`?" in loaded.problems[7].message
    assert loaded.problems[8].related[0].line == 14


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"ropa: 1\ncontroller: {name: \xff}\n", "not UTF-8 text: byte 0xFF"),
        ((HEAD).encode("utf-16"), "UTF-16"),
        ((HEAD).encode("utf-16-le"), "UTF-16"),
        (HEAD.encode()[:-4], "not well-formed YAML"),
        (b"ropa: 1\na: " + b"[" * 100 + b"]" * 100, "nested more than 32"),
        (b"- " * 30_000, "nested more than 32"),
        (b"ropa: 1\nx: \x00\n", "U+0000"),
        ("# reviewed\u2028controller: none".encode(), "U+2028"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8 text"),
        (b"a: {b\n", "not well-formed YAML"),
        (b"- a\n- b\n", "a mapping of sections"),
    ],
)
def test_what_is_no_register_gets_one_clear_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    problems = ropa.load(write(tmp_path, register=content)).problems
    assert len(problems) == 1
    assert sentence in problems[0].message
    assert problems[0].fix


def test_an_alias_bomb_is_refused_and_not_expanded() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    assert {rule for rule, _, _ in said(HEAD + bomb)} == {"SRC03"}


@pytest.mark.parametrize("text", ["ropa: 2\n", "ropa: one\n", "controller: {name: X}\n", "ropa: true\n"])
def test_a_format_that_is_not_known_is_refused(text: str) -> None:
    assert [rule for rule, _, _ in said(text)] == ["SRC09"]


def test_how_files_are_cut_and_ordered_changes_nothing(tmp_path: Path) -> None:
    parties = "parties:\n  a: {name: A}\n  b: {name: B}\n"
    whole = ropa.load_text(HEAD + parties).register
    (tmp_path / "deep").mkdir()
    write(tmp_path, register=HEAD, z="ropa: 1\nparties: {b: {name: B}}\n")
    write(tmp_path / "deep", y="parties: {a: {name: A}}\n")
    assert ropa.load(tmp_path).register == whole


def test_the_same_field_in_two_files_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, a=HEAD, b="controller: {name: Another}\n")
    (problem,) = ropa.load(tmp_path).problems
    assert problem.rule == "SRC04"
    assert problem.place.file.endswith("b.yaml")
    assert problem.related[0].file.endswith("a.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links or pipes here")
def test_links_that_lead_outside_are_refused_and_others_read_once(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "register"
    outside.mkdir()
    inside.mkdir()
    write(outside, other="other: 1\n")
    write(inside, register=HEAD)
    (inside / "again.yaml").symlink_to(inside / "register.yaml")
    assert ropa.load(inside).problems == ()
    (inside / "other.yaml").symlink_to(outside / "other.yaml")
    (inside / "loop.yaml").symlink_to(inside / "loop.yaml")
    (inside / "folder").symlink_to(outside)
    problems = ropa.load(inside).problems
    assert [Path(one.place.file).name for one in problems] == ["folder", "loop.yaml", "other.yaml"]
    assert {one.rule for one in problems} == {"SRC01"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    write(tmp_path, register=HEAD)
    os.mkfifo(tmp_path / "pipe.yaml")
    (problem,) = ropa.load(tmp_path).problems
    assert "no ordinary file" in problem.message


SCHEMA = '{"type": "object", "properties": {"cost": {"type": "integer"}}, "additionalProperties": false}'
OWN = HEAD + "extension_schemas: {data: own.schema.json}\ndata: {names: {name: Names, extensions: {cost: 3}}}\n"


def test_own_fields_fit_the_schema_that_the_register_names(tmp_path: Path) -> None:
    (tmp_path / "own.schema.json").write_text(SCHEMA, encoding="utf-8")
    assert ropa.load(write(tmp_path, register=OWN)).problems == ()
    (problem,) = ropa.load(write(tmp_path, register=OWN.replace("3}", "dear}"))).problems
    assert problem.rule == "SRC10"
    assert problem.path == "data.names.extensions.cost"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../own.schema.json", SCHEMA),
        ("own.schema.json", "{"),
        ("own.schema.json", '{"type": 3}'),
        ("none.json", SCHEMA),
    ],
)
def test_a_schema_that_cannot_be_used_is_said_once(tmp_path: Path, name: str, content: str) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    for place in (tmp_path, folder):
        (place / "own.schema.json").write_text(content, encoding="utf-8")
    (problem,) = ropa.load(write(folder, register=OWN.replace("own.schema.json", name))).problems
    assert "cannot be used" in problem.message


def test_own_fields_without_a_schema_are_refused() -> None:
    assert "names no schema" in only(HEAD + "data: {names: {name: Names, extensions: {cost: 3}}}\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("data: {names: {name: 3}}", "`name` wants text, or a mapping by language"),
        ("data: {names: {name: {xyz: Names}}}", "ISO 639-1 language code"),
        ("data: {Names: {name: Names}}", "an id in small letters"),
        ("data: {names: {name: '  '}}", "text that is not blank"),
        ("parties: {p: {name: P, processes_in: [nl]}}", "`processes_in[0]` does not know `nl`; did you mean `NL`?"),
        ("transfers: {t: {to: unknown, instruments: [{name: x}]}}", "a mapping with one of the fields adequacy"),
        ("data_subjects: {a: {name: A, children: true}}", "did you mean `yes`?"),
        ("activities: {a: {name: A, purposes: {p: {name: P, legal_basis: {interest: x}}}}}", "needs a field `article`"),
    ],
)
def test_a_wrong_value_is_told_what_is_wanted(text: str, sentence: str) -> None:
    assert sentence in only(f"{HEAD}{text}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("activities: []\n", "`activities` wants"),
        ('"[key]": 1\n', "`[key]` is no field"),
        ("activities: {a: {name: A, since: 2030-01-01, until: 2020-01-01}}\n", "a day later than `since`"),
        ("activities: {a: {name: A, recipients: [none]}}\n", "`none` stands alone"),
        ("data: {d: {name: D, special: health}}\n", "a list, as [health]"),
        ("activities: {a: {name: A, purposes: {p: {name: P, legal_basis: 6(1)(c)}}}}\n", "a mapping of fields"),
        (
            "activities: {a: {name: A, purposes: {p: {name: P, legal_basis: {article: 6(1)(z)}}}}}\n",
            "wants one of 6(1)(a)",
        ),
        ("transfers: {t: {to: unknown, instruments: [{scc: x}]}}\n", "not a mapping of `scc`"),
        ('transfers: {t: {to: unknown, instruments: [{clauses: x, module: "2"}]}}\n', "the number 2, without quotes"),
        (
            """activities: {a: {name: A, purposes: {p: {name: P}}, recipients: [{party: m, purposes: [q]}]}}
parties: {m: {name: M}}
""",
            "no `q` under `activities.a.purposes`",
        ),
    ],
)
def test_a_fault_says_what_to_write(text: str, says: str) -> None:
    problems = ropa.load_text(HEAD + text).problems
    assert any(says in one.message for one in problems), problems
    assert all("{" not in one.words("nl")[0].replace("{nl: …, en: …}", "") for one in problems)


def test_sections_of_the_wrong_kind_in_two_files(tmp_path: Path) -> None:
    problems = ropa.load(write(tmp_path, a=HEAD + "activities: []\n", b="activities: {x: {name: X}}\n")).problems
    assert {one.rule for one in problems} >= {"SRC07"}


def test_a_mistyped_section_is_one_fault(tmp_path: Path) -> None:
    text = HEAD + "activities: {a: {name: A, measures: [m, n]}}\nmesures: {m: {name: M}, n: {name: N}}\n"
    assert [one.rule for one in ropa.load_text(text).problems] == ["SRC05"]


def test_what_cannot_be_read_hides_no_false_alarm(tmp_path: Path) -> None:
    folder = write(tmp_path, a=HEAD + "activities: {a: {name: A, measures: [m]}}\n", b="measures:\n\tm: {name: M}\n")
    assert [one.rule for one in ropa.load(folder).problems] == ["SRC02"]


@pytest.mark.parametrize(
    ("schema", "says"),
    [('{"$ref": "other.json"}', "which does not lie in it"), ('{"$ref": "#"}', "without end"), ("[", "SRC10")],
)
def test_a_schema_that_cannot_be_followed_is_a_fault(tmp_path: Path, schema: str, says: str) -> None:
    (tmp_path / "own.schema.json").write_text(schema, encoding="utf-8")
    text = HEAD + "extension_schemas: {activities: own.schema.json}\nactivities: {a: {name: A, extensions: {x: 1}}}\n"
    (problem,) = ropa.load(write(tmp_path, register=text)).problems
    assert says in str(problem)


def test_paths_that_are_none(tmp_path: Path) -> None:
    assert [one.rule for one in ropa.load("a" * 300).problems] == ["SRC01"]
    deep = tmp_path.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "register.yaml").write_text(HEAD, encoding="utf-8")
    assert "not read" in ropa.load(tmp_path).problems[0].message
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nothing.yaml")
    assert "leads to nothing" in " ".join(one.message for one in ropa.load(tmp_path).problems)


def test_a_file_of_aliases_gets_one_sentence() -> None:
    bomb = HEAD + "data:\n  a: &a {name: A}\n" + "".join(f"  b{n}: *a\n" for n in range(1000))
    assert (
        len([one for one in ropa.load_text(bomb).problems if one.rule == "SRC03"]) == 2
    )  # the anchor and the first alias
