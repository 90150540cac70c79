"""What the page on changes shows is what happens: the comment, the table, the script, the commands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import Repo

from ropa.changes.consequences import catalogue
from ropa.cli import main

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "changes.md"
PAGE = FILE.read_text(encoding="utf-8")


def block(language: str, after: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE[PAGE.index(after) :], re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def pull_request(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """The repository of the page: `main`, and a branch with the new sub-processor."""
    repo = Repo(tmp_path_factory.mktemp("pull"))
    register = repo.folder / "registers" / "model"
    shutil.copytree(ROOT / "registers" / "model", register)
    repo.commit("The register")
    repo("switch", "-qc", "camera-images")
    parties = register / "parties.yaml"
    text = parties.read_text(encoding="utf-8")
    head, processor, rest = text.partition("  deurwacht:\n")
    parties.write_text(head + processor + rest.replace("sub_processors: none", "sub_processors: [skyframe]", 1), encoding="utf-8", newline="\n")  # fmt: skip
    (register / "skyframe.yaml").write_text(block("yaml", "and a new file"), encoding="utf-8", newline="\n")
    repo.commit("Images go to Skyframe")
    return repo


def test_the_comment_is_the_real_one(
    pull_request: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(pull_request.folder)
    command = re.search(r"^`ropa (diff .*?)` writes the comment", PAGE, re.MULTILINE)
    assert command
    assert main(command[1].split()) == 0
    comment = capsys.readouterr().out.rstrip()
    shown = f"<!-- the comment -->\n{comment}\n<!-- end of the comment -->"
    if pytestconfig.getoption("--accept"):
        text = re.sub(r"<!-- the comment -->(.*<!-- end of the comment -->)?", lambda _: shown, PAGE, flags=re.DOTALL)
        FILE.write_text(text, encoding="utf-8", newline="\n")
    assert shown in FILE.read_text(encoding="utf-8")


def test_the_table_names_every_consequence() -> None:
    rows = re.search(r"\| to do \| when \|\n\|---\|---\|\n((?:\|.*\n)*)", FILE.read_text(encoding="utf-8"))
    assert rows
    named = re.findall(r"^\| `([a-z-]+)` \|", rows[1], re.MULTILINE)
    assert named == list(catalogue())


def test_the_script_runs(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    shutil.copytree(ROOT / "registers" / "sensus", repo.folder / "registers" / "sensus")
    repo.commit("The register")
    script = tmp_path / "script.py"
    script.write_text(block("python", "## In a script"), encoding="utf-8")
    environment = {"PYTHONPATH": str(ROOT), "PATH": str(Path(shutil.which("git") or "git").parent)}
    ran = subprocess.run([sys.executable, str(script)], cwd=repo.folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "Het register zegt hetzelfde." in ran.stdout
