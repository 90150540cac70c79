"""Completion, as the shells themselves do it: each is started, given the script, and asked."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ropa.cli import main
from ropa.cli.main import whole_parser
from ropa.cli.shells import SHELLS
from ropa.cli.words import Command, commands_of

LINES = [
    ("ropa ch", {"check"}),
    ("ropa export x --lay", {"--layout"}),
    ("ropa check --format ", {"text", "json", "sarif", "junit", "github", "gitlab", "markdown"}),
    ("ropa check registers/sensus --format s", {"sarif"}),
    ("ropa export --fo", {"--format", "--for"}),
    ("ropa law ", {"status", "territory", "instruments", "transfer"}),
    ("ropa law transfer --to US --roles C2", {"C2C", "C2P"}),
    ("ropa law territory --ro", set[str]()),
    ("ropa check log --fail-on n", {"never"}),
    ("ropa completion ", set(SHELLS)),
    ("ropa nothing --", set[str]()),
]
"""What is typed, and what can follow."""


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Path]:
    files = {}
    for shell in SHELLS:
        assert main(["completion", shell]) == 0
        files[shell] = tmp_path / f"ropa.{shell}"
        files[shell].write_text(capsys.readouterr().out, encoding="utf-8")
    return files


def ran(*command: str | Path, folder: Path | None = None) -> str:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    assert not done.stderr
    return done.stdout


def in_bash(script: Path, line: str, folder: Path | None = None) -> list[str]:
    """Complete the end of a line as bash calls the function: its words, parted at `=` as well."""
    words = [word for word in re.split(r"(=)|\s", line) if word] + ([""] if line.endswith(" ") else [])
    asked = 'source "$1"; COMP_WORDS=("${@:2}"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ropa 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"'
    return ran("bash", "--norc", "-c", asked, "bash", script, *words, folder=folder).split()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_one_for_its_shell(script: dict[str, Path], shell: str) -> None:
    ran(shell, "-n", script[shell])


def test_bash_knows_what_completes_ropa(script: dict[str, Path]) -> None:
    said = ran("bash", "--norc", "-c", 'source "$1"; complete -p ropa', "bash", script["bash"])
    assert said == "complete -o bashdefault -o default -F _ropa ropa\n"


@pytest.mark.parametrize(("line", "found"), LINES)
def test_bash_completes(script: dict[str, Path], line: str, found: set[str]) -> None:
    assert set(in_bash(script["bash"], line)) == found


@pytest.mark.parametrize(("line", "found"), [("ropa check --format=j", {"json", "junit"}), ("ropa check --format=", {"text", "json", "sarif", "junit", "github", "gitlab", "markdown"})])  # fmt: skip
def test_bash_completes_behind_an_equals_sign(script: dict[str, Path], line: str, found: set[str]) -> None:
    assert set(in_bash(script["bash"], line)) == found


@pytest.mark.parametrize(("line", "found"), LINES)
def test_fish_completes(script: dict[str, Path], line: str, found: set[str], tmp_path: Path) -> None:
    said = ran("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script["fish"], line, folder=tmp_path)  # fmt: skip
    assert {one.partition("\t")[0] for one in said.splitlines()} == found


def test_fish_completes_files_where_a_file_is_meant(script: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    said = ran("fish", "--no-config", "-c", "source $argv[1]; complete -C 'ropa check reg'; complete -C 'ropa schema reg'", script["fish"], folder=tmp_path)  # fmt: skip
    assert said.split("\t")[0].strip() == "register/"
    assert said.count("register/") == 1


@pytest.mark.parametrize("typed", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "x[$(touch pwned)]"])
def test_what_is_typed_is_not_run(script: dict[str, Path], typed: str, tmp_path: Path) -> None:
    words = ["ropa", "check", typed, "--format", typed]
    asked = 'source "$1"; COMP_WORDS=("${@:2}"); COMP_CWORD=4; _ropa; COMP_CWORD=2; _ropa'
    ran("bash", "--norc", "-c", asked, "bash", script["bash"], *words, folder=tmp_path)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_of_every_command_is_in_the_script(script: dict[str, Path], shell: str) -> None:
    text = script[shell].read_text(encoding="utf-8")
    whole = commands_of(whole_parser())
    for command in whole.all():
        part = _part(text, shell, command)
        for option in command.options:
            for flag in option.flags:
                said = f"-l {flag[2:]} " if flag.startswith("--") else f"-s {flag[1:]} "
                assert (said if shell == "fish" else flag) in part, (command.words, flag)


def _part(text: str, shell: str, command: Command) -> str:
    """Return what a script says of a command."""
    words = " ".join(command.words)
    if shell == "bash":
        start = f"\n        {words if ' ' not in words and words else repr(words)})\n"
        return text[text.index(start) :].partition("esac ;;")[0]
    if shell == "zsh":
        return text[text.index(f"{'_'.join(('_ropa', *command.words))}() {{") :].partition("\n}")[0]
    at = f"-n '__ropa_at {words}' " if words else "-n __ropa_before "
    return "\n".join(line for line in text.splitlines() if at in line)


def test_an_unknown_shell_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["completion", "tcsh"])
    assert "choose from" in capsys.readouterr().err
