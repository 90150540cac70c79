"""Sessions for developers: `nox -l` lists them."""

from __future__ import annotations

import nox

nox.options.sessions = ["lint", "tests"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def _install(session: nox.Session) -> None:
    session.install("--quiet", "--editable", ".", *nox.project.dependency_groups(nox.project.load_toml(), "test"))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests."""
    _install(session)
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and the import contract."""
    _install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    session.run("mypy")


@nox.session
def schemas(session: nox.Session) -> None:
    """Write the JSON Schema anew from the models."""
    _install(session)
    text = session.run("ropa", "schema", silent=True)
    with open("schemas/register.schema.json", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(str(text))


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure speed as ratios."""
    _install(session)
    session.run("python", "benchmarks/ratios.py", *session.posargs)
