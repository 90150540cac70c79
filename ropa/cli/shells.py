"""Completion as bash, zsh and fish understand it: scripts that hold all words, and start no program at a TAB.

What somebody has typed is only compared, never evaluated.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator

from ropa.cli.words import Command, Option, Value

__all__ = ["SHELLS"]


def _flags(command: Command) -> str:
    return " ".join(flag for option in command.options for flag in option.flags)


# --- bash

_BASH = """\
# Completion of ropa for bash. In ~/.bashrc: eval "$(ropa completion bash)"
_ropa() {
    local IFS=$' \\t\\n' current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command="" words at
    if [[ $current == "=" ]]; then current=""   # bash parts --format=json at the =
    elif [[ $before == "=" ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        [[ ${COMP_WORDS[at]} == -* ]] && continue
        command+=${command:+ }${COMP_WORDS[at]}
        case $command in @nested@) ;; *) break ;; esac
    done
    case $command in
@cases@
        *) words=@any ;;
    esac
    COMPREPLY=()
    case $words in
        @file) ;;   # what bash does of itself
        @folder) compopt +o default +o bashdefault -o dirnames 2>/dev/null ;;
        @any) compopt +o default +o bashdefault 2>/dev/null ;;
        *) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    esac
}
complete -o bashdefault -o default -F _ropa ropa
"""


def _bash(top: Command) -> str:
    """Return the script for bash (3.2 or newer)."""
    nested = "|".join(f'"{" ".join(one.words)}"' for one in top.all() if one.below and one.words)
    cases = "\n".join(line for command in top.all() for line in _bash_case(command))
    return _BASH.replace("@nested@", nested).replace("@cases@", cases)


def _bash_case(command: Command) -> Iterator[str]:
    yield f"{'':8}{shlex.quote(' '.join(command.words))})"
    yield f"{'':12}case $before in"
    for option in command.options:
        if option.value is not None:
            yield f"{'':16}{'|'.join(option.flags)}) words={_bash_words(option.value)} ;;"
    yield f"{'':16}*) if [[ $current == -* ]]; then words={shlex.quote(_flags(command))}; else words={_bash_next(command)}; fi ;;"
    yield f"{'':12}esac ;;"


def _bash_words(value: Value) -> str:
    return shlex.quote(" ".join(value.choices)) if value.choices else f"@{value.kind}"


def _bash_next(command: Command) -> str:
    """Return what can stand where no option and no value of one stands."""
    if command.below:
        return shlex.quote(" ".join(one.words[-1] for one in command.below))
    found = [_bash_words(value) for value in command.values]
    return "@file" if "@file" in found else next(iter(found), "@any")


# --- zsh

_ZSH = """\
#compdef ropa
# Completion of ropa for zsh. In ~/.zshrc, after compinit: eval "$(ropa completion zsh)"
# or as a file called _ropa in a folder of $fpath.
@functions@
if [[ $funcstack[1] == _ropa ]]; then _ropa "$@"; else compdef _ropa ropa; fi
"""
_ZSH_BELOW = """\
@name@() {
    local curcontext=$curcontext state line
    local -a commands
    _arguments -C -S @specs@ '1:command:->command' '*::argument:->below' && return
    case $state in
        command)
            commands=(@commands@)
            _describe command commands ;;
        below)
            case $line[1] in
@cases@
            esac ;;
    esac
}"""


def _zsh(top: Command) -> str:
    """Return the script for zsh."""
    functions = "\n".join(_zsh_function(command) for command in reversed([*top.all()]))
    return _ZSH.replace("@functions@", functions)


def _zsh_function(command: Command) -> str:
    specs = [spec for option in command.options for spec in _zsh_option(option)]
    if not command.below:
        specs += [f":{value.name}:{_zsh_action(value)}" for value in command.values]
        lines = " \\\n        ".join(shlex.quote(spec) for spec in specs)
        return f"{_zsh_name(command)}() {{\n    _arguments -S \\\n        {lines}\n}}"
    filled = {
        "@name@": _zsh_name(command),
        "@specs@": " ".join(shlex.quote(spec) for spec in specs),
        "@commands@": " ".join(shlex.quote(f"{one.words[-1]}:{one.help}") for one in command.below),
        "@cases@": "\n".join(f"{'':16}{one.words[-1]}) {_zsh_name(one)} ;;" for one in command.below),
    }
    return re.sub("|".join(filled), lambda found: filled[found[0]], _ZSH_BELOW)


def _zsh_name(command: Command) -> str:
    return "_".join(("_ropa", *command.words))


def _zsh_option(option: Option) -> Iterator[str]:
    help_ = re.sub(r"([\[\]:\\])", r"\\\1", option.help)
    others = "*" if option.repeatable else f"({' '.join(option.flags)})"
    for flag in option.flags:
        if option.value is None:
            yield f"{others}{flag}[{help_}]"
        else:
            given = "=" if flag.startswith("--") else ""
            yield f"{others}{flag}{given}[{help_}]:{option.value.name}:{_zsh_action(option.value)}"


def _zsh_action(value: Value) -> str:
    if value.choices:
        return f"({' '.join(value.choices)})"
    return {"file": "_files", "folder": "_files -/", "any": " "}[value.kind]


# --- fish

_FISH = """\
# Completion of ropa for fish. Write it to ~/.config/fish/completions/ropa.fish
function __ropa_words
    set -l words (commandline -opc)
    string match -v -- '-*' $words[2..-1]
end
function __ropa_at
    set -l words (__ropa_words)
    set -l many (count $argv)
    test (count $words) -ge $many; and test "$words[1..$many]" = "$argv"
end
function __ropa_before
    set -l words (__ropa_words)
    test "$words" = "$argv"
end
complete -c ropa -f
"""


def _fish(top: Command) -> str:
    """Return the script for fish (3.1 or newer)."""
    return _FISH + "\n".join(line for command in top.all() for line in _fish_lines(command)) + "\n"


def _fish_lines(command: Command) -> Iterator[str]:
    words = " ".join(command.words)
    at = f"__ropa_at {words}" if words else "__ropa_before"
    for below in command.below:
        yield f"complete -c ropa -n {shlex.quote(f'__ropa_before {words}'.strip())} -a {below.words[-1]} -d {_fish_text(below.help)}"
    for option in command.options:
        flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
        takes = f" {_fish_value(option.value)}" if option.value else ""
        yield f"complete -c ropa -n {shlex.quote(at)} {flags}{takes} -d {_fish_text(option.help)}"
    for value in command.values:
        if value.choices:
            yield f"complete -c ropa -n {shlex.quote(at)} -a {_fish_text(' '.join(value.choices))}"
    if any(value.kind != "any" for value in command.values):
        yield f"complete -c ropa -n {shlex.quote(at)} -F"


def _fish_value(value: Value) -> str:
    if value.choices:
        return f"-x -a {_fish_text(' '.join(value.choices))}"
    return {"file": "-r -F", "folder": "-x -a '(__fish_complete_directories)'", "any": "-x"}[value.kind]


def _fish_text(text: str) -> str:
    """Quote as fish does, which differs from the others."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: dict[str, Callable[[Command], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""What writes the script for each shell."""
