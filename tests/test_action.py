"""The action for GitHub: its steps one after another, as a runner runs them, on a repository with a pull request."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import Repo

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SCRIPTS = [step for step in STEPS if "run" in step]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell, and names of any characters")

BASE = """\
ropa: 1
controller: {name: Example B.V., country: NL, contact: {email: privacy@example.org}}
activities: {news: {name: Newsletters, retention: [{period: P1Y}]}}
"""
HEAD = BASE.replace("P1Y", "P5Y").replace(", contact: {email: privacy@example.org}", "")

PYTHON = f"""\
#!/bin/bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
    "-I -m venv "*) mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
    "-I -m pip install "*)
        printf '#!{sys.executable}\\nimport sys\\nsys.path.insert(0, "{ROOT}")\\nfrom ropa.cli import main\\nsys.exit(main())\\n' > "${{0%/*}}/ropa"
        chmod +x "${{0%/*}}/ropa" ;;
    *) exit 9 ;;
esac
"""
"""Stands in for Python: makes the environment without a network, and writes down how it was called."""


@dataclass
class Job:
    """What a run of the action left behind."""

    failed: bool = False
    log: str = ""
    said: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> list[str]:
        """The lines that a runner takes for its own."""
        return [line for line in self.log.splitlines() if line.lstrip().startswith(("::", "##["))]


class Runner:
    """As much of a runner as the action needs: inputs, conditions, steps, their outputs."""

    def __init__(self, repo: Repo, temp: Path) -> None:
        self.repo, self.temp = repo, temp
        (temp / "python").write_text(PYTHON, encoding="utf-8")
        (temp / "python").chmod(0o755)

    def run(self, **inputs: str) -> Job:
        job = Job()
        given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        assert not set(inputs) - set(given)
        known = {f"inputs.{name}": inputs.get(name, "" if name == "base" else value) for name, value in given.items()}
        known["steps.python.outputs.python-path"] = str(self.temp / "python")
        summary = self.temp / "summary"
        summary.write_text("", encoding="utf-8")
        for step in SCRIPTS:
            if not self._wanted(step.get("if", ""), known, failed=job.failed):
                continue
            done, outputs = self._step(step, known, summary)
            job.failed |= done.returncode != 0
            job.log += done.stdout + done.stderr
            known[f"steps.{step['id']}.outcome"] = "failure" if done.returncode else "success"
            known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
        job.summary = summary.read_text(encoding="utf-8")
        job.outputs = {name: _value(one["value"], known) for name, one in ACTION["outputs"].items()}
        return job

    def _step(self, step: dict[str, Any], known: dict[str, str], summary: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:  # fmt: skip
        script, output = self.temp / "script.sh", self.temp / "output"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        env = {name: _value(text, known) for name, text in step["env"].items()}
        runner = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": summary, "GITHUB_ACTION_PATH": ROOT, "RUNNER_TEMP": self.temp, "CALLS": self.temp / "calls"}  # fmt: skip
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        whole = {**os.environ, **{name: str(value) for name, value in runner.items()}, **env}
        done = subprocess.run(command, cwd=self.repo.folder, env=whole, capture_output=True, text=True, check=False)
        return done, _outputs(output.read_text(encoding="utf-8"))

    @staticmethod
    def _wanted(condition: str, known: dict[str, str], *, failed: bool) -> bool:
        """Tell whether a step runs; without a word on it, it does not after a failure."""
        if not condition:
            return not failed
        parts = condition.removeprefix("${{ ").removesuffix(" }}").split(" && ")
        assert parts[0] == "!cancelled()"
        for part in parts[1:]:
            name, sign, value = part.split(" ")
            if (known.get(name, "") == value.strip("'")) != (sign == "=="):
                return False
        return True


def _value(text: str, known: dict[str, str]) -> str:
    found = re.fullmatch(r"\$\{\{ ([\w.-]+) \}\}", text)
    assert found, f"{text!r}: not one value, and nothing but it"
    return known.get(found[1], "")


def _outputs(text: str) -> dict[str, str]:
    """Read what a step wrote, as a runner does: `name=value`, or `name<<end` and lines until the end."""
    found, lines = {}, iter(text.split("\n")[:-1])
    for line in lines:
        name, sign, rest = re.split(r"(=|<<)", line, maxsplit=1)
        found[name] = rest if sign == "=" else "\n".join(iter(lambda: next(lines), rest))
    return found


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


@pytest.fixture
def runner(repo: Repo, tmp_path: Path) -> Runner:
    temp = tmp_path / "temp of the runner"
    temp.mkdir()
    return Runner(repo, temp)


def pull_request(repo: Repo, path: str = "register") -> str:
    """Commit a register, and a change of it; return the base."""
    repo.put(f"{path}/register.yaml", BASE)
    base = repo.commit()
    repo.put(f"{path}/register.yaml", HEAD)
    repo.commit()
    return base


# --- what it says


def test_a_pull_request_is_annotated_summed_up_and_compared(repo: Repo, runner: Runner) -> None:
    job = runner.run(base=pull_request(repo), on="2026-11-25", pack="DE")
    assert job.failed
    assert job.outputs["exit-code"] == "1"
    assert any(line.startswith("::error file=register/register.yaml,line=2,") and "A3001" in line for line in job.commands)  # fmt: skip
    sarif = json.loads((repo.folder / job.outputs["sarif-file"]).read_text(encoding="utf-8"))
    assert "A3001" in {one["ruleId"] for one in sarif["runs"][0]["results"]}
    diff = Path(job.outputs["diff-file"]).read_text(encoding="utf-8")
    assert "What this change of the register means" in diff
    assert "5 years" in diff
    assert diff in job.summary
    assert "A3001" in job.summary.removesuffix(diff)


def test_without_findings_that_count_the_step_passes(repo: Repo, runner: Runner) -> None:
    base = pull_request(repo)
    job = runner.run(base=base, **{"fail-on": "never", "sarif-file": "", "language": "nl"})
    assert not job.failed
    assert job.outputs["exit-code"] == "0"
    assert job.outputs["sarif-file"] == ""
    assert not list(repo.folder.glob("*.sarif"))
    assert "5 jaar" in job.summary


def test_without_a_base_nothing_is_compared(repo: Repo, runner: Runner) -> None:
    pull_request(repo)
    job = runner.run()
    assert job.outputs["diff-file"] == ""
    assert "A3001" in job.summary
    assert not any("compared" in line for line in job.commands)


def test_a_base_that_the_clone_lacks_is_a_warning_that_says_what_to_do(repo: Repo, tmp_path: Path) -> None:
    base = pull_request(repo)
    repo("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(tmp_path / "clone"))
    runner = Runner(Repo(tmp_path / "clone"), tmp_path)
    job = runner.run(base=base, **{"fail-on": "never"})
    assert not job.failed
    assert job.outputs["diff-file"] == ""
    (warning,) = [line for line in job.commands if "compared nothing" in line]
    assert warning.startswith("::warning title=")
    assert "fetch-depth: 0" in warning


def test_a_register_that_cannot_be_read_fails_and_says_where(repo: Repo, runner: Runner) -> None:
    base = pull_request(repo)
    repo.put("register/more.yaml", "activities: {x: {nam: y}}\n")
    job = runner.run(base=base)
    assert (job.failed, job.outputs["exit-code"]) == (True, "2")
    assert any(line.startswith("::error file=register/more.yaml,line=1,") for line in job.commands)


def test_a_register_that_is_not_there_fails(repo: Repo, runner: Runner) -> None:
    job = runner.run(base=pull_request(repo), path="registers")
    assert (job.failed, job.outputs["exit-code"]) == (True, "2")


# --- what it must never do

HOSTILE = ["$(touch pwned)", "`touch pwned`", "; touch pwned;", '"; touch pwned; "', "'; touch pwned; '", "a b *", "-x", "--trust", "a\nexit-code=0\n::error::b", "%0A::error::x", "${{ github.token }}"]  # fmt: skip


def test_scripts_hold_no_expression_and_python_takes_nothing_from_the_folder(repo: Repo, runner: Runner) -> None:
    for step in SCRIPTS:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        assert "--trust" not in step["run"]
        assert "eval" not in step["run"]
    runner.run(base=pull_request(repo))
    calls = (runner.temp / "calls").read_text(encoding="utf-8").splitlines()
    assert len(calls) == 2
    assert all(call.startswith("-I -m ") for call in calls)
    assert calls[1].endswith(f" {ROOT}")


@pytest.mark.parametrize("path", HOSTILE)
def test_a_register_may_be_called_anything(repo: Repo, runner: Runner, path: str) -> None:
    job = runner.run(base=pull_request(repo, path), path=path)
    assert job.outputs["exit-code"] == "1"
    assert job.commands
    assert all(re.match("::(error|warning|notice) file=", line) for line in job.commands)
    assert "5 years" in Path(job.outputs["diff-file"]).read_text(encoding="utf-8")
    assert _nothing_was_run(repo, runner)


@pytest.mark.parametrize(
    "value", ["--trust", "$(touch pwned)`touch pwned`", "a\"'; touch pwned; '\"\nexit-code=0\n::error::b"]
)
@pytest.mark.parametrize("name", ["base", "language", "fail-on", "on", "pack", "config", "baseline"])
def test_an_input_is_a_value_and_nothing_else(repo: Repo, runner: Runner, name: str, value: str) -> None:
    job = runner.run(**{"base": pull_request(repo), name: value})
    assert job.failed
    assert job.outputs["exit-code"] == ("1" if name == "base" else "2")
    assert job.outputs["diff-file"] == "" or name in ("fail-on", "baseline")
    assert not any(line.startswith("::error::") for line in job.commands)
    assert _nothing_was_run(repo, runner)


@pytest.mark.parametrize("value", ["$(touch pwned)", "-x", "a\nexit-code=0\n::error::b"])
def test_the_name_of_a_file_adds_no_output(repo: Repo, runner: Runner, value: str) -> None:
    job = runner.run(base=pull_request(repo), **{"sarif-file": value})
    assert job.outputs["exit-code"] == "1"
    assert job.outputs["sarif-file"] == value
    assert (repo.folder / value).exists()
    assert _nothing_was_run(repo, runner)


@pytest.mark.parametrize("name", ["main", "$(touch pwned)"])
def test_a_file_called_like_the_base_does_not_stand_in_for_it(repo: Repo, runner: Runner, name: str) -> None:
    pull_request(repo)
    repo.put(f"{name}/register.yaml", HEAD)
    job = runner.run(base=name)
    assert job.outputs["diff-file"] == ""
    assert any("called like the base" in line for line in job.commands)
    assert _nothing_was_run(repo, runner)


def test_a_folder_called_like_the_commit_hides_no_change(repo: Repo, runner: Runner) -> None:
    base = pull_request(repo)
    repo.put(f"{base}/register.yaml", HEAD)
    assert "5 years" in runner.run(base=base).summary


def test_what_lies_in_the_repository_is_not_run(repo: Repo, runner: Runner) -> None:
    base = pull_request(repo)
    code = "open('pwned', 'w').close()\n"
    for module in ("ropa", "pip", "venv", "argparse", "sitecustomize", "yaml", "encodings"):
        repo.put(f"{module}.py", code)
    repo.put("rules.py", code)
    repo.put("ropa.toml", 'rules = ["rules.py"]\n')
    hook = repo.put(".git/hooks/post-checkout", "#!/bin/sh\ntouch pwned\n")
    hook.chmod(0o755)
    repo("config", "core.fsmonitor", "touch pwned")
    job = runner.run(base=base)
    assert job.outputs["exit-code"] == "1"
    assert job.outputs["diff-file"]
    assert _nothing_was_run(repo, runner)


def _nothing_was_run(repo: Repo, runner: Runner) -> bool:
    return not any((folder / "pwned").exists() for folder in (repo.folder, runner.temp, repo.folder.parent))


# --- the action itself


def test_every_input_is_used_and_every_output_is_made() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name} " in text, name
    made = {f"steps.{step['id']}" for step in STEPS}
    for one in ACTION["outputs"].values():
        assert ".".join(one["value"].split()[1].split(".")[:2]) in made


def test_other_actions_are_named_by_their_whole_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+", one) for one in used)
