"""A register read out of git: as it stood, whatever lies on disk, and nothing of the repository is run."""

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from repository import Repo

import ropa
from ropa.changes import commits, is_shallow, load_at, read_side, revision_of
from ropa.cli import main
from ropa.errors import GitError
from ropa.loading import load_files

REGISTERS = Path(__file__).parent.parent / "registers"
SCHEMA = Path(__file__).parent.parent / "schemas" / "report.schema.json"
HEAD = "ropa: 1\ncontroller: {name: Example B.V.}\n"
DAY = date(2026, 10, 7)
needs_posix = pytest.mark.skipif(os.name == "nt", reason="symbolic links, shell scripts and names of any bytes")


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Jane Doe")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "author@example.org")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


def names(loaded: ropa.Loaded) -> list[str]:
    assert loaded.register is not None, loaded.problems
    return sorted(loaded.register.data)


def says(text: str, one: str) -> str:
    return f"{text}data: {{{one}: {{name: {one}}}}}\n"


def refused(spec: str, **options: object) -> str:
    with pytest.raises(GitError) as error:
        read_side(spec, **options)  # type: ignore[arg-type]
    said = str(error.value)
    assert "\n" not in said
    return said


# What stood there


def test_the_record_as_it_stood_whatever_lies_on_disk(repo: Repo) -> None:
    first = repo.write(a=says(HEAD, "old")).commit()
    repo.write(a=says(HEAD, "new")).commit()
    repo.write(a="neither: [", b="dirty: {")
    assert names(load_at("registers/x", first)) == ["old"]
    assert names(load_at("registers/x", "HEAD~1")) == ["old"]
    assert names(load_at("registers/x")) == ["new"]
    assert names(read_side("HEAD~1:registers/x")) == ["old"]


def test_a_folder_called_like_a_commit_does_not_stand_in_for_it(repo: Repo) -> None:
    first = repo.write(a=says(HEAD, "old")).commit()
    repo.put(f"{first}/a.yaml", says(HEAD, "forged"))
    repo.put(f"{first}:registers/x/a.yaml", says(HEAD, "forged"))
    repo.write(a=says(HEAD, "new")).commit()
    assert names(read_side(first, default="registers/x")) == ["old"]
    assert names(read_side(f"{first}:registers/x")) == ["old"]
    assert names(read_side(f"./{first}")) == ["forged"]


def test_nothing_in_the_work_tree_or_the_repository_changes(repo: Repo) -> None:
    repo.write(a=HEAD).commit()
    repo.write(a=says(HEAD, "dirty"), b="untracked: 1\n")
    repo("status")

    def state() -> dict[str, tuple[int, bytes]]:
        files = (one for one in repo.folder.rglob("*") if one.is_file())
        return {str(one): (one.stat().st_mtime_ns, one.read_bytes()) for one in files}

    before = state()
    time.sleep(0.01)
    load_at("registers/x", "main")
    read_side("main")
    list(commits("registers/x"))
    assert state() == before


def test_a_register_that_is_gone_from_disk_can_still_be_read(repo: Repo) -> None:
    repo.write(a=says(HEAD, "old")).commit()
    shutil.rmtree(repo.folder / "registers")
    assert names(load_at("registers/x", "HEAD")) == ["old"]
    repo.commit("It goes")
    assert names(load_at("registers/x", "HEAD~1")) == ["old"]
    assert "nothing of this name" in refused("HEAD:registers/x")
    empty = read_side("HEAD:registers/x", missing_ok=True)
    assert names(empty) == []
    assert empty.register is not None
    assert empty.register.controller is None


def test_places_name_the_revision(repo: Repo) -> None:
    repo.write(a=HEAD + "nonsense: 1\n").commit()
    loaded = load_at("registers/x", "main")
    assert loaded.path == "main:registers/x"
    assert [(one.place.file, one.place.line) for one in loaded.problems] == [("main:registers/x/a.yaml", 3)]
    assert loaded.sources.excerpt(loaded.problems[0].place) == "nonsense: 1"


@pytest.mark.parametrize("name", sorted(one.name for one in REGISTERS.iterdir() if one.is_dir()))
def test_the_example_registers_say_the_same_from_git_as_from_disk(repo: Repo, name: str) -> None:
    shutil.copytree(REGISTERS / name, repo.folder / "registers" / name)
    repo.commit()
    found = [ropa.check(one, on=DAY).findings for one in (ropa.load(f"registers/{name}"), read_side(f"HEAD:registers/{name}"))]  # fmt: skip
    disk, git = ([(one.fingerprint, f"{one.place}".removeprefix("x"), one.message) for one in each] for each in found)
    assert [(one, message) for one, _, message in disk] == [(one, message) for one, _, message in git]
    assert [one.place.line for one in found[0]] == [one.place.line for one in found[1]]
    assert [f"HEAD:{one.place.file}" for one in found[0]] == [one.place.file for one in found[1]]


def test_a_register_at_the_top_of_the_repository(repo: Repo) -> None:
    repo.put("a.yaml", says(HEAD, "top"))
    repo.put("docs/readme.txt", "no register")
    repo.commit()
    for loaded in (load_at("."), read_side("HEAD:"), read_side("HEAD"), load_at(repo.folder)):
        assert names(loaded) == ["top"]
        assert [one.file for one in loaded.sources.documents] == ["HEAD:a.yaml"]


def test_a_single_file_and_its_schema_beside_it(repo: Repo) -> None:
    own = HEAD + "extension_schemas: {data: own.schema.json}\ndata: {names: {name: Names, extensions: {cost: dear}}}\n"
    repo.put("registers/x/register.yaml", own)
    repo.put("registers/x/own.schema.json", '{"properties": {"cost": {"type": "integer"}}}')
    repo.commit()
    for spec in ("HEAD:registers/x", "HEAD:registers/x/register.yaml"):
        (problem,) = read_side(spec).problems
        assert (problem.rule, problem.place.file) == ("SRC10", "HEAD:registers/x/register.yaml")
        assert "integer" in problem.message


@pytest.mark.parametrize("name", ["../own.schema.json", "none.json", ".", "/etc/passwd", "../../../x", "a\\nb"])
def test_a_schema_that_cannot_be_used_is_refused_as_on_disk(repo: Repo, name: str) -> None:
    own = f'{HEAD}extension_schemas: {{data: "{name}"}}\ndata: {{names: {{name: Names, extensions: {{cost: 1}}}}}}\n'
    repo.write(a=own).put("registers/own.schema.json", "{}")
    repo.commit()
    on_disk, in_git = ropa.load("registers/x").problems, read_side("HEAD:registers/x").problems
    in_memory = load_files("registers/x", {"a.yaml": own.encode()}).problems
    assert [one.message for one in on_disk] == [one.message for one in in_git] == [one.message for one in in_memory]
    assert len(on_disk) == 1


def test_what_git_would_make_of_line_ends_changes_nothing(repo: Repo) -> None:
    repo("config", "core.autocrlf", "true")
    repo.put(".gitattributes", "*.yaml text eol=crlf\n")
    repo.write(a=says(HEAD, "one").replace("\n", "\r\n") + "nonsense: 1\r\n")
    repo.commit()
    disk, git = ropa.load("registers/x").problems, read_side("HEAD:registers/x").problems
    assert [(one.rule, one.place.line, one.place.column) for one in disk] == [
        (one.rule, one.place.line, one.place.column) for one in git
    ]


def test_hidden_files_schemas_and_what_a_test_expects_are_passed_over(repo: Repo) -> None:
    repo.write(a=HEAD)
    for name in (".hidden.yaml", ".git2/a.yaml", "own.schema.json", "expected.json", "README.md"):
        repo.put(f"registers/x/{name}", "no register: [")
    repo.commit()
    assert [one.file for one in read_side("HEAD").sources.documents] == ["HEAD:registers/x/a.yaml"]
    assert read_side("HEAD").problems == ()


def test_a_folder_without_a_register_is_a_fault(repo: Repo) -> None:
    repo.put("empty/notes.txt", "nothing")
    repo.commit()
    assert [one.rule for one in read_side("HEAD:empty").problems] == ["SRC11"]


@needs_posix
def test_links_are_followed_within_the_folder_and_refused_beyond_as_on_disk(repo: Repo) -> None:
    folder = repo.put("registers/x/a.yaml", HEAD).parent
    repo.put("registers/x/sub/b.yaml", "data: {one: {name: One}}\n")
    repo.put("registers/secret.yaml", "data: {two: {name: Two}}\n")
    repo.put("registers/y/c.yaml", HEAD)
    links = {
        "in.yaml": "sub/b.yaml", "up.yaml": "sub/../a.yaml", "dir": "sub", "chain.yaml": "in.yaml", "out.yaml": "../secret.yaml",
        "out": "../y", "top": "..", "text": "../secret.yaml", "none.yaml": "nothing.yaml", "loop.yaml": "loop.yaml",
        "through.yaml": "a.yaml/b", "nowhere": "nothing", "sub/far.yaml": "../../secret.yaml", ".hidden.yaml": "../secret.yaml",
        "root.yaml": "/etc/hostname", "line.yaml": "../a\nb.yaml", "space d.yaml": "a b.yaml", "new\nline.yaml": "nothing.yaml",
    }  # fmt: skip
    for name, target in links.items():
        (folder / name).symlink_to(target)
    repo.commit()
    disk, git = ropa.load("registers/x").problems, read_side("HEAD:registers/x").problems
    assert [(f"HEAD:{one.place.file}", one.says) for one in disk] == [(one.place.file, one.says) for one in git]
    assert {one.says for one in git} == {"outside", "broken-link"}


def test_a_submodule_inside_is_a_fault_and_one_that_is_asked_for_an_error(repo: Repo) -> None:
    inner = repo.write(a=HEAD).commit()
    repo("update-index", "--add", "--cacheinfo", f"160000,{inner},registers/x/vendor")
    repo("commit", "-qm", "A submodule")
    (problem,) = read_side("HEAD:registers/x").problems
    assert (problem.rule, problem.says, problem.place.file) == ("SRC01", "submodule", "HEAD:registers/x/vendor")
    assert "submodule" in refused("HEAD:registers/x/vendor")


@needs_posix
def test_a_link_to_a_submodule_leads_to_nothing(repo: Repo) -> None:
    inner = repo.write(a=HEAD).commit()
    (repo.folder / "registers/x/link.yaml").symlink_to("vendor")
    repo("add", "-A")
    repo("update-index", "--add", "--cacheinfo", f"160000,{inner},registers/x/vendor")
    repo("commit", "-qm", "A submodule")
    assert [one.says for one in read_side("HEAD:registers/x").problems] == ["broken-link", "submodule"]


def test_a_repository_that_lacks_a_file(repo: Repo) -> None:
    repo.write(a=HEAD).commit()
    blob = repo("rev-parse", "HEAD:registers/x/a.yaml")
    (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert refused("HEAD:registers/x").startswith("HEAD:registers/x: ")


@needs_posix
def test_a_link_as_the_register_itself_is_refused(repo: Repo) -> None:
    repo.write(a=HEAD)
    (repo.folder / "link").symlink_to("registers/x")
    repo.commit()
    assert "symbolic link" in refused("HEAD:link")
    assert names(load_at("link")) == []  # on disk it leads to a folder, and that folder is asked for


@needs_posix
@pytest.mark.parametrize("content", [b"nonsense: 1\n", b"\xff", b""])
def test_names_of_any_bytes(repo: Repo, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    file = os.fsencode(repo.folder) + b"/registers/x/caf\xe9\n.yaml"
    repo.write(a=HEAD)
    Path(os.fsdecode(file)).write_bytes(content)
    repo.commit()
    disk, git = ropa.load("registers/x").problems, read_side("HEAD:registers/x").problems
    assert [f"HEAD:{one.place.file}" for one in disk] == [one.place.file for one in git]
    for form in ("text", "json"):
        assert main(["check", "registers/x", "--rev", "HEAD", "--format", form]) == 2
        assert "caf" in capsys.readouterr().out


def test_a_file_that_is_too_large_is_not_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ropa.source.files.MAX_FILE", 100)
    repo.write(a=HEAD, b="data: {one: {name: " + "x" * 100 + "}}\n").commit()
    for spec in ("HEAD:registers/x", "HEAD:registers/x/b.yaml"):
        assert [(one.says, one.place.file) for one in read_side(spec).problems] == [("size", "HEAD:registers/x/b.yaml")]


def test_a_large_register_is_read_in_parts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ropa.changes.repository._CHUNK", 50)
    repo.write(r=HEAD, **{f"a{at}": f"data: {{d{at}: {{name: N}}}}\n" for at in range(9)}).commit()
    assert names(read_side("HEAD")) == [f"d{at}" for at in range(9)]


def test_bare_and_sha256_repositories(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(a=says(HEAD, "one")).commit()
    subprocess.run(["git", "clone", "-q", "--bare", repo.folder, tmp_path / "bare.git"], check=True)
    monkeypatch.chdir(tmp_path / "bare.git")
    assert names(load_at("registers/x", "main")) == names(read_side("main")) == ["one"]
    assert [one.path for one in commits("registers/x")] == ["registers/x"]
    try:
        longer = Repo(tmp_path / "sha256", "--object-format=sha256")
    except subprocess.CalledProcessError:
        pytest.skip("this git knows no SHA-256")
    commit = longer.write(a=says(HEAD, "two")).commit()
    loaded = read_side("HEAD", folder=longer.folder)
    assert names(loaded) == ["two"]
    assert loaded.revision is not None
    assert loaded.revision.commit == commit
    assert len(commit) == 64


# Which side is meant


def test_what_lies_on_disk_goes_first(repo: Repo) -> None:
    repo.write(a=says(HEAD, "old")).commit()
    repo.put("main/a.yaml", says(HEAD, "disk"))
    assert names(read_side("main")) == ["disk"]
    assert names(read_side("main:registers/x")) == ["old"]
    assert names(read_side("refs/heads/main", default="registers/x")) == ["old"]
    assert [one.rule for one in read_side("./none").problems] == ["SRC11"]


def test_a_revision_alone_means_the_other_side_or_the_only_register(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write(a=says(HEAD, "x")).commit()
    assert names(read_side("HEAD")) == ["x"]
    repo.put("registers/y/y.json", '{\n  "ropa": 1,\n "data": {"y": {"name": "Y"}}}')
    repo.put("registers/y/more/z.yaml", "ropa: 1\n")
    repo.put("other/config.yaml", "europa: 1\nx:\n  ropa: 1\nropas: 2\n")
    repo.commit()
    assert names(read_side("HEAD~1")) == ["x"]
    assert refused("HEAD").endswith("it holds 2 registers; name one of HEAD:registers/x, HEAD:registers/y")
    assert names(read_side("HEAD", default="registers/y")) == ["y"]
    assert names(read_side("HEAD", default="HEAD~1:registers/x")) == ["x"]
    monkeypatch.chdir(repo.folder / "registers")
    assert names(read_side("HEAD", default="y")) == ["y"]
    assert names(read_side("HEAD:./y")) == ["y"]
    assert names(read_side("HEAD:../registers/x/")) == ["x"]
    monkeypatch.chdir(repo.folder)
    shutil.rmtree("registers")
    assert "it holds no register" in refused(repo.commit())


@needs_posix
def test_a_current_folder_that_is_gone(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.put("gone/a", "").parent)
    shutil.rmtree(repo.folder / "gone")
    assert "no longer exists" in refused("HEAD:registers/x")
    assert "no longer exists" in refused("HEAD", folder=Path("registers"))


def test_a_colon_in_a_revision_is_not_that_of_the_path(repo: Repo) -> None:
    repo.write(a=says(HEAD, "fixed")).commit("fix: a thing")
    repo.write(a=says(HEAD, "later")).commit("later")
    assert names(read_side("HEAD^{/fix: a}:registers/x")) == ["fixed"]


# What is asked for and is not there


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("mian", "did you mean main?"),
        ("feature", "did you mean origin/feature?"),
        ("mian:registers/x", "mian: no revision is called so; did you mean main?"),
        ("registers/z", "no file or folder here is called so"),
        ("0123456789abcdef0123456789abcdef01234567:registers/x", "0123456789abcdef"),
        ("HEAD~9:registers/x", "no revision is called so"),
        ("HEAD^{tree}:registers/x", "names no commit"),
        ("HEAD:registers/x/a.yaml^{commit}", "nothing of this name"),
        ("main..main:registers/x", "no revision is called so"),
        ("^main:registers/x", "no name of a revision"),
        ("--help", "no name of a revision"),
        ("--output=pwned:registers/x", "no name of a revision"),
        ("-x:registers/x", "no name of a revision"),
        (":registers/x", "no name of a revision"),
        ("", "no name of a revision"),
        ("main:/registers/x", "without `/`"),
        ("main:../x", "outside the repository"),
        ("main:registers/../../x", "outside the repository"),
        ("main\0:x", "no name of a revision"),
        ("main:x\0y", "git could not be asked"),
        ("main:registers/\x1b[31m", "\\u001b"),
        ("main@{2024-05-25}:registers/x", "--rev-on"),
        ("main@{yesterday}:registers/x", "--rev-on"),
        ("both:registers/x", "refs/heads"),
        ("main:*", "nothing of this name"),
        ("main::(top)registers/x", "nothing of this name"),
        ("caf\udce9:registers/x", "no revision is called so"),
    ],
)
def test_what_cannot_be_given_is_said_in_one_line(repo: Repo, spec: str, said: str) -> None:
    repo.write(a=HEAD).commit()
    repo("branch", "both")
    repo("tag", "both")
    repo("update-ref", "refs/remotes/origin/feature", "HEAD")
    if spec:
        assert said in refused(spec)
    else:
        with pytest.raises(GitError, match=said):
            load_at("registers/x", spec)
    assert not (repo.folder / "pwned").exists()


def test_ids_that_begin_alike_are_ambiguous(repo: Repo) -> None:
    tree = repo.write(a=HEAD).commit() and repo("rev-parse", "HEAD^{tree}")
    seen: dict[str, bytes] = {}
    for number in range(5000):  # of some three hundred commits, two begin with the same four digits
        text = (
            f"tree {tree}\nauthor A <a@example.org> 0 +0000\ncommitter A <a@example.org> 0 +0000\n\n{number}\n".encode()
        )
        one = hashlib.sha1(b"commit %d\0" % len(text) + text, usedforsecurity=False).hexdigest()
        if one[:4] in seen:
            break
        seen[one[:4]] = text
    for each in (text, seen[one[:4]]):
        subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], input=each, check=True, capture_output=True)  # fmt: skip
    assert "begins so" in refused(f"{one[:4]}:registers/x")


def test_a_shallow_clone_says_what_it_lacks(repo: Repo, tmp_path: Path) -> None:
    first = repo.write(a=HEAD).commit()
    repo.write(b="data: {one: {name: One}}\n").commit()
    subprocess.run(["git", "clone", "-q", "--depth", "1", repo.folder.as_uri(), tmp_path / "shallow"], check=True)
    clone = tmp_path / "shallow"
    for spec in ("HEAD~1", first, "other-branch"):
        assert "git fetch --unshallow" in refused(f"{spec}:registers/x", folder=clone)
    assert names(read_side("HEAD", folder=clone)) == ["one"]
    assert is_shallow(clone)
    assert not is_shallow(repo.folder)
    with pytest.raises(GitError, match="unshallow"):
        load_at(clone / "registers/x", on=date(2024, 5, 1))


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "no git repository" in refused("main:x")
    (tmp_path / "register.yaml").write_text(HEAD, encoding="utf-8")
    assert revision_of(ropa.load("register.yaml")) == ""


def test_a_repository_without_commits(repo: Repo) -> None:
    assert "no revision is called so" in refused("HEAD:registers/x")


def test_another_owner(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(a=HEAD).commit()
    _stand_in(tmp_path / "bin", 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "$REAL_GIT" "$@"', monkeypatch)
    assert "safe.directory" in refused("HEAD:registers/x")


def test_a_git_that_never_answers(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in(tmp_path / "bin", "exec sleep 5", monkeypatch)
    monkeypatch.setattr("ropa.changes.git.TIMEOUT", 0.1)
    assert "did not answer" in refused("HEAD:registers/x")


def _stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("a shell script")
    monkeypatch.setenv("REAL_GIT", shutil.which("git") or "")
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


# What is never run


@needs_posix
def test_git_is_not_looked_for_in_the_repository(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(a=HEAD).commit()
    repo.put("git", f"#!/bin/sh\ntouch {tmp_path}/marker\n").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}bin")
    assert "git is not installed" in refused("HEAD:registers/x")
    assert revision_of(ropa.load("registers/x")) == ""
    assert not (tmp_path / "marker").exists()


@needs_posix
def test_nothing_that_the_repository_names_is_run(repo: Repo, tmp_path: Path) -> None:
    repo.put(".gitattributes", "* filter=evil diff=evil merge=evil\n")
    repo.put("old/a.yaml", HEAD + "#\n" * 20)
    repo.commit()
    shutil.rmtree(repo.folder / "old")
    repo.write(a=says(HEAD, "one") + "#\n" * 20).commit()
    marker, run = tmp_path / "marker", _set_traps(repo, tmp_path)
    for control in (["status"], ["log", "-p", "-1"], ["show", "HEAD"], ["evil"]):
        marker.unlink(missing_ok=True)
        subprocess.run(["git", *control], cwd=repo.folder, capture_output=True, check=False)
        assert marker.exists(), f"the trap does not work: git {control} runs nothing"
    marker.unlink()
    for each in run:
        each()
        assert not marker.exists()


def _set_traps(repo: Repo, folder: Path) -> tuple[Callable[[], object], ...]:
    """Let the repository name a program wherever git lets it; return all that ropa asks of git."""
    evil = folder / "evil"
    evil.write_text(f'#!/bin/sh\ntouch "{folder}/marker"\ncat\n', encoding="utf-8")
    evil.chmod(0o755)
    hooks = folder / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        shutil.copy(evil, hooks / hook)
        shutil.copy(evil, repo.folder / ".git" / "hooks" / hook)
    for key in (
        "core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
        "filter.evil.process", "merge.evil.driver", "core.pager", "pager.log", "pager.ls-tree", "core.editor", "core.sshCommand",
        "core.askPass", "core.alternateRefsCommand", "core.gitProxy", "gpg.program", "gpg.ssh.program", "uploadpack.packObjectsHook",
    ):  # fmt: skip
        repo("config", key, str(evil))
    repo("config", "core.hooksPath", str(hooks))
    repo("config", "log.showSignature", "true")
    for name in ("evil", "log", "ls-tree", "rev-parse", "cat-file"):
        repo("config", f"alias.{name}", f"!{evil}")
    return (
        lambda: names(read_side("HEAD")),
        lambda: names(load_at("registers/x", on=date(2024, 6, 1))),
        lambda: [one.path for one in commits("registers/x")].index("old"),
        lambda: refused("mian:x"),
        lambda: revision_of(ropa.load("registers/x")),
        lambda: main(["check", "registers/x", "--rev", "HEAD", "--fail-on", "never"]),
        lambda: main(["export", "registers/x", "--rev", "HEAD", "-o", str(folder / "register.xlsx")]),
    )


@needs_posix
def test_a_partial_clone_fetches_nothing(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write(a=HEAD).commit()
    repo("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", "--no-checkout", repo.folder.as_uri(), clone], check=True)  # fmt: skip
    (tmp_path / "ssh").write_text(f'#!/bin/sh\ntouch "{tmp_path}/marker"\nexit 1\n', encoding="utf-8")
    (tmp_path / "ssh").chmod(0o755)
    for key, value in (("core.sshCommand", str(tmp_path / "ssh")), ("remote.origin.url", "ssh://example.invalid/x")):
        subprocess.run(["git", "-C", clone, "config", key, value], check=True)
    assert "partial" in refused("HEAD:registers/x", folder=clone)
    assert not (tmp_path / "marker").exists()
    subprocess.run(["git", "-C", clone, "cat-file", "-p", "HEAD:registers/x/a.yaml"], capture_output=True, check=False)
    assert (tmp_path / "marker").exists(), "the trap does not work"


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX"])  # fmt: skip
def test_the_environment_leads_to_no_other_repository(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    repo.write(a=says(HEAD, "here")).commit()
    Repo(tmp_path / "other").write(a=says(HEAD, "there")).commit()
    other = tmp_path / "other"
    monkeypatch.setenv(name, str(other / ".git" / "objects" if "OBJECT" in name else other / ".git"))
    assert names(read_side("HEAD")) == ["here"]


def test_what_a_push_brings_is_read_before_it_is_let_in(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook on a server is told by the environment where the new objects wait."""
    repo.write(a=says(HEAD, "here")).commit()
    pushed = Repo(tmp_path / "pushed").write(a=says(HEAD, "pushed")).commit()
    waiting = str(tmp_path / "pushed" / ".git" / "objects")
    for name in ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, waiting)
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(repo.folder / ".git" / "objects"))
    assert names(load_at("registers/x", pushed)) == ["pushed"]
    assert names(load_at("registers/x")) == ["here"]


def test_replaced_objects_are_not_taken_for_what_was_committed(repo: Repo) -> None:
    first = repo.write(a=says(HEAD, "written")).commit()
    second = repo.write(a=says(HEAD, "forged")).commit()
    repo("replace", first, second)
    assert names(load_at("registers/x", first)) == ["written"]


# A day, and a history


@pytest.mark.parametrize(
    ("day", "one"),
    [("2024-05-01", "first"), ("2024-05-02", "first"), ("2024-05-03", "second"), ("2024-05-31", "second"), ("2024-06-01", "late")],
)  # fmt: skip
def test_the_last_commit_on_or_before_a_day_in_its_own_zone(repo: Repo, day: str, one: str) -> None:
    repo.write(a=says(HEAD, "first")).commit(at="2024-05-01T00:30:00+02:00")  # the evening before, in UTC
    repo.write(a=says(HEAD, "second")).commit(at="2024-05-03T23:30:00-08:00")  # the morning after, in UTC
    repo.write(a=says(HEAD, "late")).commit(at="2024-06-01T12:00:00+00:00")
    assert names(load_at("registers/x", on=date.fromisoformat(day))) == [one]


def test_what_was_merged_counts_from_its_merge_on(repo: Repo) -> None:
    repo.write(a=says(HEAD, "before")).commit(at="2024-05-01T12:00:00Z")
    repo("checkout", "-q", "-b", "topic")
    repo.write(a=says(HEAD, "after")).commit(at="2024-05-02T12:00:00Z")
    repo("checkout", "-q", "main")
    subprocess.run(
        ["git", "-C", repo.folder, "merge", "-q", "--no-ff", "topic"],
        env={**os.environ, "GIT_COMMITTER_DATE": "2024-05-05T12:00:00Z"},
        check=True,
    )
    assert names(load_at("registers/x", on=date(2024, 5, 4))) == ["before"]
    assert names(load_at("registers/x", "topic", on=date(2024, 5, 4))) == ["after"]
    assert names(load_at("registers/x", on=date(2024, 5, 5))) == ["after"]
    with pytest.raises(GitError, match="as old as 2024-04-30"):
        load_at("registers/x", on=date(2024, 4, 30))


def test_commits_that_changed_the_register_the_newest_first(repo: Repo) -> None:
    first = repo.write(a=HEAD).commit("One")
    repo.put("other.txt", "elsewhere")
    repo.commit("Elsewhere")
    second = repo.write(a=says(HEAD, "two")).commit("Two “words”: x")
    found = list(commits("registers/x"))
    assert [(one.id, one.subject) for one in found] == [(second, "Two “words”: x"), (first, "One")]
    assert (found[0].author, found[0].date) == ("Jane Doe", "2024-05-03T12:00:00+02:00")
    assert [one.id for one in commits("registers/x", limit=1)] == [second]
    assert [one.id for one in commits("registers/x", revision="HEAD~1")] == [first]
    assert [one.subject for one in commits(".")] == ["Two “words”: x", "Elsewhere", "One"]
    assert list(commits("registers/none")) == []


def test_commits_without_a_subject(repo: Repo) -> None:
    repo.write(a=HEAD)
    repo("add", "-A")
    repo("commit", "-q", "--allow-empty-message", "-m", "")
    assert [one.subject for one in commits("registers/x")] == [""]


def test_a_renamed_folder_is_followed(repo: Repo) -> None:
    repo.put("old/a.yaml", says(HEAD, "one"))
    repo.put("old/sub/b.yaml", "parties: {p: {name: P}}\n")
    repo.commit("Begun")
    (repo.folder / "registers").mkdir()
    repo("mv", "old", "registers/x")
    repo.commit("Renamed")
    repo.write(a=says(HEAD, "two")).commit("Changed")
    found = list(commits("registers/x"))
    assert [(one.subject, one.path) for one in found] == [
        ("Changed", "registers/x"), ("Renamed", "registers/x"), ("Begun", "old"),
    ]  # fmt: skip
    assert [names(read_side(f"{one.id}:{one.path}")) for one in found] == [["two"], ["one"], ["one"]]
    assert [one.subject for one in commits("registers/x", limit=2)] == ["Changed", "Renamed"]
    assert [one.subject for one in commits("registers/x/a.yaml")] == ["Changed", "Renamed", "Begun"]


def test_a_register_that_moved_from_the_top_is_followed(repo: Repo) -> None:
    repo.put("a.yaml", HEAD)
    repo.commit("Begun")
    (repo.folder / "registers" / "x").mkdir(parents=True)
    repo("mv", "a.yaml", "registers/x/a.yaml")
    repo.commit("Moved")
    assert [(one.subject, one.path) for one in commits("registers/x")] == [("Moved", "registers/x"), ("Begun", "")]


# The command line


def test_check_says_which_commit_it_checked(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    commit = repo.write(a=says(HEAD, "one")).commit()
    repo.write(a="broken: [")
    assert main(["check", "registers/x", "--rev", "main", "--on", str(DAY), "--fail-on", "never"]) == 0
    out = capsys.readouterr().out
    assert f"Checked main:registers/x, as it stood in commit {commit[:12]} of 2024-05-01" in out
    assert main(["check", "registers/x", "--rev", "main", "--on", str(DAY), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert report["register"]["path"] == "main:registers/x"
    assert report["register"]["revision"] == {
        "asked": "main", "commit": commit, "committed": "2024-05-01T12:00:00+02:00",
    }  # fmt: skip
    assert {one["file"] for one in report["findings"]} == {"main:registers/x/a.yaml"}


@pytest.mark.parametrize(("language", "said"), [("nl", "zoals het stond"), ("de", "Stand von Commit"), ("fr", "tel qu'il était")])  # fmt: skip
def test_the_commit_is_said_in_each_language(
    repo: Repo, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    repo.write(a=HEAD).commit()
    main(["check", "registers/x", "--rev", "HEAD", "--language", language])
    assert said in capsys.readouterr().out


def test_check_by_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    first = repo.write(a=says(HEAD, "one")).commit()
    repo.write(a=says(HEAD, "two")).commit()
    main(["check", "registers/x", "--rev-on", "2024-05-01", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["register"]["revision"]["commit"] == first
    assert report["register"]["path"] == f"{first[:12]}:registers/x"
    assert main(["check", "registers/x", "--rev", "main", "--rev-on", "2023-01-01"]) == 2
    assert capsys.readouterr().err == "ropa: main: no commit of it is as old as 2023-01-01\n"


@pytest.mark.parametrize("text", [HEAD, "broken: ["])
def test_a_report_is_not_written_over_the_register_on_disk(
    repo: Repo, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    repo.write(a=HEAD).commit()
    file = repo.put("registers/x/a.yaml", text)
    for options in ([], ["--rev", "HEAD"]):
        assert main(["check", "registers/x", *options, "--output", "registers/x/a.yaml"]) == 2
        assert "a file of the register" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("revision", ["none", "--help", "-x", "", "main@{2024-05-25}"])
def test_a_revision_that_is_none_prints_one_line(repo: Repo, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    repo.write(a=HEAD).commit()
    assert main(["check", "registers/x", f"--rev={revision}"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("ropa: ")
    assert printed.err.count("\n") == 1


def test_the_rules_are_those_of_the_judge(repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings and own rules come from the work tree, never from the commit that is looked at."""
    marker = tmp_path / "marker"
    repo.put("registers/x/own.py", f"open({str(marker)!r}, 'w').close()\n")
    repo.put("registers/x/ropa.toml", 'rules = ["own.py"]\nignore = ["A3001"]\n')
    repo.write(a=HEAD).commit()
    (repo.folder / "registers/x/own.py").unlink()
    repo.put("registers/x/ropa.toml", 'select = ["A3001"]\n')
    main(["check", "registers/x", "--rev", "HEAD", "--format", "json", "--trust"])
    assert json.loads(capsys.readouterr().out)["rules"]["run"] == ["A3001"]
    assert not marker.exists()


def test_the_cover_of_a_workbook_names_the_commit(repo: Repo, tmp_path: Path) -> None:
    commit = repo.write(a=says(HEAD, "one")).commit()
    repo.write(a="broken: [")
    book = tmp_path / "register.xlsx"
    assert main(["export", "registers/x", "--rev", "main", "-o", str(book), "--on", str(DAY)]) == 0
    import openpyxl

    cover = openpyxl.load_workbook(book).worksheets[0]
    said = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value]
    assert any(f"x · {commit[:12]}" in one for one in said)
    assert revision_of(load_at("registers/x", "main")) == commit[:12]
