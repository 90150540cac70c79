"""A register that grows in git: each commit's change, told by `ropa diff` and `ropa log`, and its findings as they were."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from repository import Repo

import ropa
from ropa.changes import difference, read_side
from ropa.cli import main

DAY = date(2026, 11, 25)
FIRST = """\
ropa: 1
controller: {name: Example B.V., country: NL, contact: {email: privacy@example.org}}
data:
  contact: {name: contact details}
data_subjects:
  customers: {name: customers}
activities:
  newsletters:
    name: Newsletters
    purposes: {inform: {name: informing customers, legal_basis: {article: 6(1)(f), interest: direct marketing}}}
    data_subjects: [customers]
    data: [contact]
    recipients: none
    retention: [{period: P1Y}]
"""
PARTIES = "parties:\n  mailer: {name: Mailer, country: NL, role: processor, contract: {signed: 2024-01-01}}\n"
US = "transfers:\n  us: {to: mailer, instruments: [{adequacy: us-dpf, listed: {since: 2023-09-01}}]}\n"

Edit = Callable[[dict[str, str]], None]


def put(name: str, text: str) -> Edit:
    return lambda files: files.update({name: text})


def edit(name: str, old: str, new: str) -> Edit:
    def change(files: dict[str, str]) -> None:
        assert files[name].count(old) == 1, old
        files[name] = files[name].replace(old, new)

    return change


def together(*edits: Edit) -> Edit:
    def change(files: dict[str, str]) -> None:
        for one in edits:
            one(files)

    return change


def move(old: str, new: str) -> Edit:
    return lambda files: files.update({new: files.pop(old)})


COMMITS: list[tuple[Edit, list[tuple[str, str]]]] = [
    (put("register", FIRST), [("added", "controller"), ("added", "activities"), ("added", "data"), ("added", "data_subjects")]),
    (edit("register", "period: P1Y", "period: P2Y"), [("changed", "activities.retention.period")]),
    (put("parties", PARTIES), [("added", "parties")]),
    (edit("register", "recipients: none", "recipients: [mailer]"), [("changed", "activities.recipients")]),
    (move("parties", "vendors"), []),
    (edit("vendors", "country: NL", "country: US"), [("changed", "parties.country")]),
    (put("transfers", US), [("added", "transfers")]),
    (edit("register", "  contact: {name: contact details}", "  contact: {name: contact details}\n  interests: {name: interests}"), [("added", "data")]),
    (edit("register", "data: [contact]", "data: [contact, interests]"), [("added", "activities.data")]),
    (together(edit("vendors", "  mailer:", "  post:"), edit("register", "[mailer]", "[post]"), edit("transfers", "to: mailer", "to: post")), []),
    (edit("vendors", "name: Mailer", "name: Mailer Inc."), [("changed", "parties.name")]),
    (edit("register", "direct marketing", "informing own customers"), [("changed", "activities.purposes.legal_basis.interest")]),
    (edit("register", "    retention:", "    measures: none\n    retention:"), [("added", "activities.measures")]),
    (edit("register", "  newsletters:", "  letters:"), []),
    (edit("register", "name: Newsletters", "name: {en: Newsletters, nl: Nieuwsbrieven}"), [("translated", "activities.name")]),
    (edit("transfers", "{adequacy: us-dpf, listed: {since: 2023-09-01}}", "{clauses: eu-2021-914, module: 2}"), [("changed", "transfers.instruments")]),
    (put("more", "activities:\n  wages: {name: Wages}\n"), [("added", "activities")]),
    (edit("more", "name: Wages", "name: Wages, description: paying people"), [("added", "activities.description")]),
    (edit("register", "ropa: 1\n", "# The register of Example B.V.\nropa: 1\n"), []),
    (edit("more", "activities:\n  wages: {name: Wages, description: paying people}\n", "{}\n"), [("removed", "activities")]),
]  # fmt: skip
OPPOSITE = {"added": "removed", "removed": "added"}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, list[str]]:
    """A repository with twenty commits of a register that grows."""
    repo = Repo(tmp_path_factory.mktemp("grown"))
    files: dict[str, str] = {}
    ids = []
    for number, (change, _) in enumerate(COMMITS):
        before = set(files)
        change(files)
        for gone in before - set(files):
            (repo.folder / f"registers/x/{gone}.yaml").unlink()
        repo.write(**files)
        ids.append(repo.commit(f"Step {number}"))
    return repo, ids


def side(repo: Repo, commit: str) -> ropa.Loaded:
    return read_side(f"{commit}:registers/x", folder=repo.folder)


def check(loaded: ropa.Loaded) -> ropa.Report:
    return ropa.check(loaded, on=DAY)


@pytest.mark.parametrize("number", range(1, len(COMMITS)))
def test_the_diff_names_each_planted_change_once_and_nothing_else(grown: tuple[Repo, list[str]], number: int) -> None:
    repo, ids = grown
    base, head = side(repo, ids[number - 1]), side(repo, ids[number])
    there, back = difference(base, head, check), difference(head, base, check)
    assert there is not None
    assert back is not None
    planted = COMMITS[number][1]
    assert [(one.kind, one.what) for one in there.changes] == planted
    assert [(one.kind, one.what) for one in back.changes] == [
        (OPPOSITE.get(kind, kind), what) for kind, what in planted
    ]
    if not planted:
        assert not there.consequences
        assert not there.appeared
        assert not there.vanished


@pytest.mark.parametrize("number", range(len(COMMITS)))
def test_check_rev_gives_the_findings_of_each_commit(
    grown: tuple[Repo, list[str]], number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo, ids = grown
    files: dict[str, str] = {}
    for change, _ in COMMITS[: number + 1]:
        change(files)
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    told = []
    for arguments in ([str(repo.folder / "registers/x"), "--rev", ids[number]], [str(tmp_path)]):
        main(["check", *arguments, "--on", str(DAY), "--format", "json", "--fail-on", "never"])
        told.append(json.loads(capsys.readouterr().out))
    kept = ("rule", "message", "path", "line", "column", "fingerprint")
    was, now = ([{key: one[key] for key in kept} for one in each["findings"]] for each in told)
    assert sorted(was, key=str) == sorted(now, key=str)
    assert was


def test_the_whole_growth_at_once_is_what_stands_at_the_end(grown: tuple[Repo, list[str]]) -> None:
    repo, ids = grown
    found = difference(side(repo, ids[0]), side(repo, ids[-1]), check)
    assert found is not None
    assert {one.what for one in found.changes} == {
        "parties", "transfers", "data", "activities.name", "activities.purposes.legal_basis.interest", "activities.data",
        "activities.recipients", "activities.retention.period", "activities.measures",
    }  # fmt: skip
    assert [one.id for one in found.consequences] == [
        "third-country",
        "processor",
        "notice-to-update",
        "retention-changed",
    ]


def test_the_log_tells_each_commit_the_newest_first(
    grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    repo, ids = grown
    assert main(["log", str(repo.folder / "registers/x"), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["commits"]
    assert [one["commit"] for one in told] == ids[::-1]
    assert [one["subject"] for one in told] == [f"Step {number}" for number in range(len(ids))][::-1]
    for one, (_, planted) in zip(told[::-1][1:], COMMITS[1:], strict=True):
        assert len(one["said"]) == (1 if planted else 0), one


def test_the_log_of_a_record_follows_its_id(grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    repo, _ = grown
    assert main(["log", str(repo.folder / "registers/x"), "letters"]) == 0
    out = capsys.readouterr().out
    heads = [line for line in out.splitlines() if re.match(r"[0-9a-f]{12}  ", line)]
    assert [int(line.rpartition(" ")[2]) for line in heads] == [14, 13, 12, 11, 8, 3, 1, 0]
    assert "Jane Doe" in heads[0]
    assert "activities.newsletters → letters" in out
    assert "~ Time limits for erasure: Period: 1 year → 2 years (longer)" in out


def test_the_log_of_a_record_may_be_cut(grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    repo, _ = grown
    assert main(["log", str(repo.folder / "registers/x"), "letters", "--limit", "2"]) == 0
    assert capsys.readouterr().out.count("Jane Doe") == 2


def test_a_version_that_could_not_be_read_is_said_and_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path)
    for text in (FIRST, FIRST.replace("data: [contact]", "data: [contcat]"), FIRST.replace("P1Y", "P9Y")):
        repo.write(register=text).commit("A step")
    assert main(["log", str(repo.folder / "registers/x")]) == 0
    out = capsys.readouterr().out
    assert "could not be read whole here" in out
    assert "register.yaml:12:" in out
    assert out.count("Period: 1 year → 9 years (longer)") == 1


@pytest.mark.parametrize(("command", "arguments"), [("log", ()), ("diff", ("HEAD",))])
def test_without_a_repository_the_error_is_one_line(
    command: str,
    arguments: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.yaml").write_text(FIRST, encoding="utf-8")
    assert main([command, *arguments, str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "no git repository" in err
    assert err.count("\n") == 1


def test_a_register_that_one_side_does_not_have_is_all_new(
    grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, ids = grown
    monkeypatch.chdir(repo.folder)
    assert main(["diff", f"{ids[0]}:registers/y", f"{ids[0]}:registers/x", "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert {one["kind"] for one in changes} == {"added"}


def test_a_name_that_neither_commit_knows_is_an_error(
    grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, ids = grown
    monkeypatch.chdir(repo.folder)
    assert main(["diff", f"{ids[0]}:registers/y", f"{ids[1]}:registers/y", "--fail-on", "change"]) == 2
    assert "nothing of this name is in either commit" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_a_limit_that_is_no_number_of_commits_is_refused(grown: tuple[Repo, list[str]], limit: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["log", str(grown[0].folder / "registers/x"), "--limit", limit])
    assert stopped.value.code == 2


def test_formats_name_a_file_of_a_commit_as_it_is_called_there(
    grown: tuple[Repo, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    repo, ids = grown
    main(["check", str(repo.folder / "registers/x"), "--rev", ids[3], "--format", "github", "--fail-on", "never"])
    out = capsys.readouterr().out
    assert "file=registers/x/register.yaml" in out
    assert ids[3] not in out
