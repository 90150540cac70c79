"""Sessions for developers: `nox -l` lists them."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.sessions = ["lint", "tests"]
PROJECT = nox.project.load_toml()
PYTHONS = nox.project.python_versions(PROJECT)

RULE = '''"""{id}: say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ropa.model import Activity
from ropa.rules.rule import Context, Problem, Severity, rule


@rule("{id}", on=Activity, severity=Severity.WARNING, cites=("GDPR 5(2)",))
def {name}(activity: Activity, ctx: Context) -> Iterator[Problem]:
    """Say in one line what the record lacks."""
    if activity.name == "…":
        yield Problem.on("name", activity=ctx.called())
'''
PAGE = """---
id: {id}
name: {{en: A short name, nl: Een korte naam, de: Ein kurzer Name, fr: Un nom court}}
says:
  missing:
    message:
      en: "The activity “{{activity}}” … (Art. … GDPR)."
      nl: "De verwerking “{{activity}}” … (art. … AVG)."
      de: "Die Verarbeitung „{{activity}}“ … (Art. … DSGVO)."
      fr: "Le traitement « {{activity}} » … (art. … RGPD)."
    fix:
      en: "The one thing to do."
      nl: "Het ene dat te doen staat."
      de: "Das Eine, das zu tun ist."
      fr: "La seule chose à faire."
---
## What it checks

## Why

## Bad

```yaml
ropa: 1
controller: {{name: Example B.V., contact: {{email: privacy@example.org}}}}
activities:
  example:
    name: …  # <- {id}
```

## Good

```yaml
ropa: 1
controller: {{name: Example B.V., contact: {{email: privacy@example.org}}}}
```

## What to do

## When to waive

## Sources
"""


def _install(session: nox.Session) -> None:
    session.install("--quiet", "--editable", ".", *nox.project.dependency_groups(PROJECT, "test"))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests."""
    _install(session)
    session.run("pytest", "--cov", *session.posargs)


@nox.session(name="property")
def properties(session: nox.Session) -> None:
    """Run the properties with many more examples."""
    _install(session)
    session.run("pytest", "-m", "property", "--hypothesis-profile", "thorough", *session.posargs)


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
    """Write the JSON Schema, the page of fields and the index of rules anew."""
    _install(session)
    for command, form, file in (
        ("schema", "json", "schemas/register.schema.json"),
        ("schema", "markdown", "docs/fields.md"),
        ("rules", "markdown", "docs/rules.md"),
    ):
        text = session.run("ropa", command, "--format", form, silent=True)
        Path(file).write_text(str(text), encoding="utf-8")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure speed as ratios."""
    _install(session)
    session.run("python", "benchmarks/ratios.py", *session.posargs)


@nox.session(python=False)
def new_rule(session: nox.Session) -> None:
    """Write the two files of a new rule: nox -s new_rule -- RET04 retention_too_long."""
    rule_id, name = session.posargs
    folder = Path("ropa/rules") / rule_id[:-2].lower()
    folder.mkdir(exist_ok=True)
    package = folder / "__init__.py"
    if not package.exists():
        package.write_text(f'"""Rules of the family {rule_id[:-2]}."""\n', encoding="utf-8")
    for suffix, template in ((".py", RULE), (".md", PAGE)):
        file = folder / f"{name}{suffix}"
        if file.exists():
            session.error(f"{file} exists")
        file.write_text(template.format(id=rule_id, name=name), encoding="utf-8")
        session.log(f"wrote {file}")
