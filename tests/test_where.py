"""The hooks for pre-commit, and the examples of docs/ci.md and docs/editor.md: what they show is what happens."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import AUTHOR, Repo

from ropa.cli import main
from ropa.cli.main import whole_parser

ROOT = Path(__file__).parent.parent
HOOKS: dict[str, dict[str, Any]] = {
    one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EDITOR = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")

REGISTER = (ROOT / "ropa" / "cli" / "starter.yaml").read_text(encoding="utf-8")
FAULTY = REGISTER.replace("  contact: {email: privacy@example.org}\n", "")
LONGER = REGISTER.replace("period: P1M", "period: P5Y")
needs_shell = pytest.mark.skipif(os.name == "nt", reason="a shell")


def blocks(language: str, section: str, page: str = PAGE) -> list[str]:
    part = page.partition(f"## {section}\n")[2].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell in which `ropa` is the one that is tested."""
    tool = tmp_path / "bin" / "ropa"
    tool.parent.mkdir()
    tool.write_text(f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom ropa.cli import main\nsys.exit(main())\n", encoding="utf-8")  # fmt: skip
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return {**os.environ, **AUTHOR, "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}


def in_shell(script: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)  # fmt: skip


# --- pre-commit


def hook(name: str, *args: str) -> int:
    """Run a hook as pre-commit does: its entry, and the `args` that replace its own."""
    given: list[str] = list(args) or HOOKS[name]["args"]
    program, *words = [*shlex.split(HOOKS[name]["entry"]), *given]
    assert program == "ropa"
    return main(words)


def test_the_check_fails_for_what_is_found(repo: Repo) -> None:
    repo.put("register/register.yaml", REGISTER)
    assert hook("ropa-check") == 0
    repo.put("register/register.yaml", FAULTY)
    assert hook("ropa-check") == 1
    assert hook("ropa-check", "register", "--fail-on", "never") == 0


def test_the_export_fails_once_as_formatters_do(repo: Repo) -> None:
    repo.put("register/register.yaml", REGISTER)
    assert [hook("ropa-export"), hook("ropa-export")] == [1, 0]
    workbook = (repo.folder / "register.xlsx").read_bytes()
    repo.commit()
    assert hook("ropa-export") == 0
    repo.put("other.txt", "another commit")
    repo.commit()
    assert hook("ropa-export") == 0
    assert (repo.folder / "register.xlsx").read_bytes() == workbook


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize(
    ("file", "runs"),
    [("register/a.yaml", True), ("x/b.yml", True), ("c.json", True), ("ropa.toml", True), ("x/pyproject.toml", True),
     ("register.xlsx", False), ("a.py", False), ("my-ropa.toml", False), ("yaml", False)],
)  # fmt: skip
def test_a_hook_runs_when_what_it_reads_has_changed(name: str, file: str, runs: bool) -> None:
    assert (re.search(HOOKS[name]["files"], file) is not None) is runs
    assert HOOKS[name]["pass_filenames"] is False


def test_pre_commit_takes_the_manifest(tmp_path: Path) -> None:
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_hooks_of_the_page_are_there_and_understood(repo: Repo) -> None:
    (text,) = blocks("yaml", "pre-commit")
    hooks = yaml.safe_load(text)["repos"][0]["hooks"]
    assert {one["id"] for one in hooks} == set(HOOKS)
    for register in ("company", "subsidiary"):
        repo.put(f"registers/{register}/register.yaml", REGISTER)
    for one in hooks:
        assert hook(one["id"], *one["args"]) in (0, 1)
        register = one["args"][0]
        assert re.search(one["files"], f"{register}/register.yaml")
        assert not re.search(one["files"], "registers/another/register.yaml")


# --- GitHub


def test_the_workflow_asks_for_the_least_and_knows_the_action() -> None:
    workflow, comment = (yaml.load(text, yaml.BaseLoader) for text in blocks("yaml", "GitHub"))  # noqa: S506 - text only
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["ropa"]
    assert job["permissions"] == {"contents": "read", "security-events": "write"}
    checkout, step, upload = job["steps"]
    assert checkout["with"]["fetch-depth"] == "0"
    assert checkout["with"]["persist-credentials"] == "false"
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])
    for used in (checkout, upload):
        assert re.search(r"@v\d+\.\d+\.\d+$", used["uses"])
    outputs = set(re.findall(r"steps\.ropa\.outputs\.([\w-]+)", "".join(blocks("yaml", "GitHub"))))
    assert outputs <= set(action["outputs"])
    assert "${{" not in comment[0]["run"]
    assert "pull_request_target" not in workflow["on"]


def test_the_inputs_of_the_page_are_those_of_the_action() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| ", PAGE, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == set(action["inputs"])
    for name, default in (("path", "register"), ("sarif-file", "ropa.sarif"), ("python-version", "3.13")):
        assert action["inputs"][name]["default"] == default
        assert f"| `{name}` | `{default}` |" in PAGE


# --- GitLab


@needs_shell
@pytest.mark.parametrize(("head", "code"), [(LONGER, 0), (FAULTY, 1), ("ropa: 1\nfoo: 1\n", 2)])
def test_the_job_for_gitlab_leaves_what_it_names(repo: Repo, shell: dict[str, str], head: str, code: int) -> None:
    job = yaml.safe_load(blocks("yaml", "GitLab")[0])["ropa"]
    repo.put("register/register.yaml", REGISTER)
    base = repo.commit()
    repo.put("register/register.yaml", head)
    repo.commit()
    done = in_shell("\n".join(job["script"]), repo.folder, {**shell, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert done.returncode == code, done.stderr
    for file in job["artifacts"]["reports"].values():
        assert (repo.folder / file).exists()
    assert json.loads((repo.folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")) or not code  # fmt: skip
    assert (repo.folder / "diff.md").exists() is (code != 2)


@needs_shell
def test_the_job_for_gitlab_runs_without_a_merge_request(repo: Repo, shell: dict[str, str]) -> None:
    job = yaml.safe_load(blocks("yaml", "GitLab")[0])["ropa"]
    repo.put("register/register.yaml", REGISTER)
    assert in_shell("\n".join(job["script"]), repo.folder, shell).returncode == 0
    assert not (repo.folder / "diff.md").exists()


# --- anywhere else


def test_every_command_of_the_pages_is_understood_and_runs(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.put("register/register.yaml", REGISTER)
    repo.put("my-register/register.yaml", REGISTER)
    repo.commit()
    repo.put("register/register.yaml", LONGER)
    repo.commit()
    lines = [*blocks("console", "Any other CI")[0].splitlines(), *blocks("console", "The editor", EDITOR)[0].splitlines()]  # fmt: skip
    assert len(lines) == 4
    for line in lines:
        words = shlex.split(line, comments=True)
        assert words[0] == "ropa"
        whole_parser().parse_args(words[1:])
        assert main(words[1:]) in (0, 1), line
    for file in ("ropa.xml", "ropa.sarif", "diff.md", "register.xlsx", "my-register/register.schema.json"):
        assert (repo.folder / file).exists()


@needs_shell
def test_a_server_refuses_a_push_with_errors(repo: Repo, shell: dict[str, str], tmp_path: Path) -> None:
    server = tmp_path / "server.git"
    repo("init", "-q", "--bare", "-b", "main", str(server))
    (text,) = blocks("bash", "A server of one's own")
    hook = server / "hooks" / "pre-receive"
    hook.write_text(text, encoding="utf-8")
    hook.chmod(0o755)

    def push(*what: str) -> tuple[int, str]:
        done = in_shell(f"git push -q {server} {shlex.join(what)}", repo.folder, shell)
        return done.returncode, done.stderr

    repo.put("register/register.yaml", REGISTER)
    repo.commit()
    assert push("main")[0] == 0
    repo.put("register/register.yaml", FAULTY)
    repo.put("ropa.toml", 'ignore = ["A30"]\n')
    repo.commit()
    code, said = push("main")
    assert code == 1
    assert "A3001" in said
    assert push("main:refs/heads/draft")[0] == 0
    assert push(":refs/heads/draft")[0] == 0


@needs_shell
def test_the_lines_for_shells_print_what_they_say(shell: dict[str, str], tmp_path: Path) -> None:
    for name in ("bash", "zsh", "fish"):
        assert f"| {name} | `ropa completion {name} > " in EDITOR
        assert in_shell(f"ropa completion {name} > script; test -s script", tmp_path, shell).returncode == 0
