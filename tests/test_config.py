"""An organisation's settings and its own rules: declared, written in Python, weighed otherwise, refused."""

import json
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ropa.cli import main
from ropa.config import Config, find_config

REGISTER = """\
ropa: 1
controller: {name: Example B.V., contact: {email: privacy@example.org}}
extension_schemas: {activities: own.schema.json}
activities:
  news:
    name: News
    extensions: {cost: 3, deep: {place: X}, list: [a, b], flag: true}
    rights: {access: {offered: no}}
    purposes: {mail: {name: Sending news, tags: [marketing]}}
    recipients: [mailer]
  pay:
    name: Pay
    purposes: {salaries: {name: Paying salaries}}
    recipients: [bank]
parties:
  mailer: {name: Mailer Inc., country: US, role: processor, contract: {signed: 2024-01-01, terms: {audit: no}}}
  bank: {name: Bank Inc., country: US, role: controller}
transfers:
  mail:
    to: mailer
    instruments: [{adequacy: us-dpf, listed: yes}]
  wages:
    to: bank
    instruments: [{adequacy: us-dpf, listed: yes}]
"""
OWN = """\
rules:
  OWN01:
    name: {en: No marketing abroad, nl: Geen marketing in het buitenland}
    on: transfers
    where: {outside: yes, purposes.tags: marketing}
    message: {en: "“{record}” takes marketing data outside the EEA.", nl: "“{record}” brengt marketinggegevens buiten de EER."}
    fix: Use a processor in the EEA.
    severity: error
    cites: [Privacy policy 4]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "register" / "own.schema.json").write_text("{}", encoding="utf-8")
    return tmp_path


def check(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["check", str(folder / "register"), "--on", "2026-10-01", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def write(folder: Path, toml: str, **files: str) -> None:
    (folder / "ropa.toml").write_text(toml, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def test_no_transfer_of_marketing_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, 'rules = ["own.yaml"]\nselect = ["OWN"]\n', own__yaml=OWN)
    code, out, _ = check(folder, capsys)
    assert code == 1
    assert "19:3" in out
    assert out.count("OWN01") == 1, "the other transfer carries no marketing data"
    assert "See: Privacy policy 4" in out
    _, dutch, _ = check(folder, capsys, "--language", "nl")
    assert "brengt marketinggegevens" in dutch


@pytest.mark.parametrize(
    ("on", "says", "found"),
    [
        ("activities", "where: {recipients.country: US}", 2),
        ("activities", "where: {recipients.role: processor}", 1),
        ("activities", "where: {dpia: absent}", 2),
        ("activities", "where: {recipients: stated}\n    require: {measures: stated}", 2),
        ("purposes", "where: {tags: [marketing, sales]}\n    require: {legal_basis.article: 6(1)(a)}", 1),
        ("parties", "where: {outside: yes}\n    require: {contract: stated}", 1),
        ("transfers", "where: {countries: US, importer.role: controller}", 1),
        ("transfers", "where: {outside: no}", 0),
        ("services", "where: {name: Hosting}", 0),
        ("activities", "where: {owner: [absent, unknown]}", 2),
        ("activities", "where: {extensions.deep.place: X}", 1),
        ("activities", "where: {extensions.list: b}", 1),
        ("activities", "where: {extensions.cost: 3}", 1),
        ("activities", "where: {extensions.flag: true}", 1),
        ("activities", "where: {extensions.list.title: stated}", 0),
        ("activities", "where: {recipients: none}", 0),
        ("activities", "where: {measures: absent}", 2),
        ("activities", "where: {rights.access.offered: no}", 1),
        ("transfers", "where: {instruments.adequacy: us-dpf}", 2),
        ("activities", "where: {extensions.cost: '3'}", 1),
        ("activities", "where: {extensions.cost: absent}", 1),
        ("parties", "where: {contract.terms.audit: no}", 1),
        ("measures", "where: {name: Locks}", 0),
    ],
)
def test_conditions(folder: Path, capsys: pytest.CaptureFixture[str], on: str, says: str, found: int) -> None:
    rule = f"rules:\n  OWN01:\n    name: Own\n    on: {on}\n    message: m\n    fix: f\n    {says}\n"
    write(folder, 'rules = ["own.yaml"]\nselect = ["OWN01"]\n', own__yaml=rule)
    _, out, err = check(folder, capsys)
    assert err == ""
    assert out.count("OWN01") == found, out


AROUND = """\
ropa: 1
controller: {name: Example B.V.}
data: {h: {name: Health, special: [health]}, n: {name: Names}}
activities:
  purpose-only: {name: A, recipients: [maker], purposes: {q: {name: Q, data: [h], tags: [marketing]}}}
  unknown-place: {name: A, recipients: [somewhere]}
  by-transfer: {name: A, recipients: [home]}
  international: {name: A, recipients: [un]}
  listing: {name: A, recipients: none, transfers: [to-us]}
  inside: {name: A, recipients: [department, maker]}
  ended: {name: A, until: 2020-01-01, data: [h], recipients: [old], purposes: {q: {name: Q, tags: [marketing]}}}
  partly:
    name: A
    data: [h, n]
    recipients: [{party: mailer, data: [n], purposes: [p]}, former]
    purposes: {p: {name: P, data: [n]}, q: {name: Q, data: [h], tags: [marketing]}}
services: {s: {name: S, controllers: none, data: [h], sub_processors: [behind-service]}}
parties:
  maker: {name: M, role: processor, country: NL}
  somewhere: {name: S, role: processor, country: unknown}
  home: {name: H, role: processor, country: NL}
  un: {name: UN, role: controller, international_organisation: yes}
  department: {name: D, role: internal}
  old: {name: O, role: processor, country: NL}
  mailer: {name: Mailer, role: processor, country: NL, sub_processors: [deep]}
  deep: {name: Deep, role: sub-processor, country: IN}
  former: {name: F, role: processor, country: US, until: 2020-01-01}
  importer: {name: I, role: processor, country: US}
  behind-service: {name: B, role: sub-processor, country: NL}
transfers:
  to-us: {to: importer, instruments: none}
  home-abroad: {to: home, countries: [US], instruments: none}
  onward: {exporter: mailer, to: deep, instruments: none}
"""


@pytest.mark.parametrize(
    ("on", "where", "found"),
    [
        ("activities", "outside: yes", {"by-transfer", "international", "listing", "partly"}),
        ("activities", "outside: unknown", {"unknown-place"}),
        ("activities", "outside: no", {"purpose-only", "inside"}),
        ("parties", "outside: yes", {"un", "home", "mailer", "deep", "importer"}),
        ("parties", "outside: unknown", {"somewhere"}),
        ("activities", "data.special: health", {"purpose-only", "partly"}),
        ("parties", "data.special: health", {"maker", "behind-service"}),
        ("parties", "purposes.tags: marketing", {"maker"}),
        ("parties", "activities.name: A", {"maker", "somewhere", "home", "un", "department", "mailer", "deep"}),
        ("transfers", "purposes.tags: marketing", set()),
        ("activities", "recipients.country: US", set()),
        ("activities", "countries: IN", {"partly"}),
    ],
)
def test_what_lies_near_a_record(
    folder: Path, capsys: pytest.CaptureFixture[str], on: str, where: str, found: set[str]
) -> None:
    """Unknown is not inside; what is handed to a recipient is what its entry says; what has ended does not count."""
    (folder / "register" / "register.yaml").write_text(AROUND, encoding="utf-8")
    rule = f"rules:\n  OWN01: {{name: Own, on: {on}, where: {{{where}}}, message: m, fix: f}}\n"
    write(folder, 'rules = ["own.yaml"]\nselect = ["OWN01"]\n', own__yaml=rule)
    _, out, err = check(folder, capsys, "--format", "json")
    assert err == ""
    assert {one["subject"].split(".")[1] for one in json.loads(out)["findings"]} == found


DOCS = Path(__file__).parent.parent / "docs" / "own-rules.md"


def test_the_documentation_does_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    files = dict(re.findall(r"```\w+ (\S+)\n(.*?)```", text, re.DOTALL))
    (folder / "register" / "register.yaml").write_text(files["register.yaml"], encoding="utf-8")
    settings = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0].replace('law = ["law"]', "law = []")
    write(folder, settings, own_rules__yaml=files["own-rules.yaml"])
    (folder / "own_rules.yaml").rename(folder / "own-rules.yaml")
    code, out, err = check(folder, capsys, "--select", "OWN", "--format", "json")
    found = [(one["rule"], one["line"]) for one in json.loads(out)["findings"]]
    lines = files["register.yaml"].splitlines()
    assert found == [(mark[1], at) for at, line in enumerate(lines, 1) if (mark := re.search(r"<- (\w+)", line))]
    assert (code, err) == (1, "")
    report = json.loads(out)["rules"]
    assert "GRF05" not in report["run"]
    assert report["severities"] == {"RET02": "info"}
    write(folder, 'rules = ["own_rules.py"]\n', own_rules__py=files["own_rules.py"])
    (folder / "many_recipients.md").write_text(files["many_recipients.md"], encoding="utf-8")
    one_more = "\n".join(f"  p{at}: {{name: P{at}, role: controller}}" for at in range(6))
    many = files["register.yaml"].replace("recipients: [mailer]", "recipients: [p0, p1, p2, p3, p4, p5]")
    (folder / "register" / "register.yaml").write_text(many.replace("parties:\n", f"parties:\n{one_more}\n"), "utf-8")
    _, out, _ = check(folder, capsys, "--trust", "--select", "OWN10")
    assert "“Newsletters” discloses data to 6 parties" in out


def test_what_was_left_out_or_weighed_otherwise_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, 'ignore = ["GRF05", "LB01"]\n[severity.RET02]\nas = "info"\nreason = "r"\n')
    _, out, _ = check(folder, capsys)
    assert "rules left out by choice: GRF05, LB01" in out
    assert "rules weighed otherwise by choice: RET02 (reminder)" in out
    target = folder / "one.xlsx"
    assert main(["export", str(folder / "register"), "-o", str(target), "--language", "en", "--ignore", "A3009"]) == 0
    cover = [
        str(cell) for row in CalamineWorkbook.from_path(target).get_sheet_by_name("Cover").to_python() for cell in row
    ]
    assert any("by choice of the organisation: A3009, GRF05, LB01." in cell for cell in cover)


def test_packs_are_asked_for_by_name_or_with_their_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, capsys, "--pack", "UK") == (
        2,
        "",
        "ropa: no national pack is called 'UK'; there are BE, DE, DE-LED, FR, NL\n",
    )
    _, out, _ = check(folder, capsys, "--select", "FR01")
    assert "1 rule ran" in out
    _, out, _ = check(folder, capsys, "--pack", "fr")
    assert "national packs not asked for: BE, DE, DE-LED, NL" in out


PYTHON = '''
from ropa import Problem, Severity, rule
from ropa.model import Activity

@rule("OWN02", on=Activity, severity=Severity.WARNING, cites=())
def own_check(activity, ctx):
    """An own check."""
    {body}
    yield Problem.on("name", activity=ctx.called())
'''
PAGE = """---
id: OWN02
name: {en: Own check}
says: {own: {message: {en: "“{activity}” is looked at."}, fix: {en: Look.}}}
---
"""


def test_rules_in_python_run_only_where_they_are_trusted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = PYTHON.replace("{body}", "pass")
    write(folder, 'rules = ["own.py"]\nselect = ["A3001"]\n', own__py=source, own_check__md=PAGE)
    code, out, err = check(folder, capsys)
    assert (code, "OWN02" in out) == (0, False)
    assert "`--trust`" in err
    assert "1 rule did not run: the rules in own.py are Python, and run only with `--trust`" in out
    (folder / "ropa.toml").write_text('rules = ["own.py"]\nselect = ["OWN02"]\n', encoding="utf-8")
    code, out, err = check(folder, capsys, "--trust")
    assert out.count("OWN02") == 2
    assert err == ""


def test_an_own_rule_that_crashes_is_named_and_costs_no_other_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = PYTHON.replace("{body}", 'raise KeyError("x")')
    write(folder, 'rules = ["own.py"]\n', own__py=source, own_check__md=PAGE)
    code, out, _ = check(folder, capsys, "--trust", "--fail-on", "never")
    assert code == 3
    assert "A rule crashed: OWN02, activities.news" in out
    assert "A3005" in out


def test_another_severity_needs_a_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, '[severity.A3005]\nas = "info"\nreason = "kept elsewhere"\n')
    _, out, _ = check(folder, capsys, "--select", "A3005", "--fail-on", "error")
    assert "reminder A3005" in out
    assert "error A3005" not in out
    write(folder, '[severity.A3005]\nas = "info"\n')
    code, _, err = check(folder, capsys)
    assert (code, "reason" in err) == (2, True)


@pytest.mark.parametrize(
    ("toml", "own", "says"),
    [
        ('select = ["TRF04", "TRF99"]\n', "", "ropa.toml:1: no rule or family of rules is called 'TRF99'"),
        (
            '\n[severity.XXX01]\nas = "info"\nreason = "r"\n',
            "",
            "ropa.toml:2: XXX01: a severity is set for a rule; no rule",
        ),
        ('[severity.RET]\nas = "info"\nreason = "r"\n', "", "RET is a family: RET01, RET02, RET03"),
        ('[severity.WVR01]\nas = "info"\nreason = "r"\n', "", "findings about waivers keep their weight"),
        ('[severity.SRC05]\nas = "info"\nreason = "r"\n', "", "faults of the text are always errors"),
        ('[severity.RET02]\nas = "info"\nreson = "r"\n', "", "ropa.toml:1: severity.RET02.reason: is missing"),
        ('[severity.RET02]\nas = "info"\n', "", "ropa.toml:1: severity.RET02.reason: is missing"),
        ('ignored = ["TRF"]\n', "", "there is no such setting; did you mean ignore?"),
        (
            'packs = ["DE", "UK"]\n',
            "",
            "ropa.toml:1: no national pack is called 'UK'; there are BE, DE, DE-LED, FR, NL",
        ),
        ('rules = ["own.yaml"]\n', OWN.replace("outside: yes", "countries: USA"), "did you mean US?"),
        *(
            (
                'rules = ["own.yaml"]\n',
                OWN.replace("on: transfers", f"on: {on}").replace("outside: yes", condition),
                says,
            )
            for on, condition, says in [
                ("activities", "data: health", "say what of it is asked, as in `data.name`"),
                ("activities", "recipients: mailer", "as in `recipients.name`"),
                ("transfers", "importer: mailer", "as in `importer.name`"),
                ("activities", "dpia: bogus", "as in `dpia."),
                ("activities", "rights.access: yes", "as in `access."),
                ("activities", "rights.acces.offered: yes", "did you mean `access`?"),
                ("activities", "rights.access.offerd: yes", "did you mean `offered`?"),
                ("activities", "rights.access.offered: maybe", "`maybe` never stands there"),
                ("activities", "dpia.criteria.large_scale: yes", "did you mean `large-scale`?"),
                ("parties", "contract.terms.audits: yes", "did you mean `audit`?"),
                ("activities", "retention.criteria.foo: stated", "there is no field `foo`"),
                ("activities", "outside: absent", "always `yes`, `no` or `unknown`"),
                ("activities", "'outside': [yes, no, unknown]", "always one of these"),
                ("activities", "name: absent", "every record has it"),
                ("activities", "owner: []", "nothing is named"),
                ("parties", "recipients.country: US", "there is no field `recipients`"),
            ]
        ),
        (
            'rules = ["own.yaml"]\n',
            OWN.replace("{record}", "{rekord}", 1),
            "own.yaml:6:14: rules.OWN01.message: nothing fills {rekord}",
        ),
        ('rules = ["own.yaml"]\n', OWN.replace("{record}", "{record", 1), "a brace itself is written twice"),
        (
            'rules = ["own.yaml"]\n',
            OWN.replace("    where: {outside: yes, purposes.tags: marketing}\n", ""),
            "nothing says where",
        ),
        ("colour = 1\n", "", "ropa.toml:1: colour"),
        ("select = [\n", "", "not TOML"),
        ('rules = ["none.yaml"]\n', "", "none.yaml"),
        ('rules = ["../own.yaml"]\n', "", "lies outside"),
        ('rules = ["own.yaml"]\n', OWN.replace("on: transfers", "on: transferts"), "own.yaml:4:"),
        ('rules = ["own.yaml"]\n', OWN.replace("OWN01", "TRF04"), "two rules are called TRF04"),
        ('rules = ["own.yaml"]\n', OWN.replace("    fix", "    fixx"), "fixx"),
        ('rules = ["own.yaml"]\n', OWN.replace("purposes.tags", "purposes.tag"), "did you mean `tags`?"),
        ('rules = ["own.yaml"]\n', OWN.replace("outside: yes", "outside: maybe"), "own.yaml:5:12: "),
        (
            'rules = ["own.yaml"]\n',
            OWN.replace("outside: yes", "importer.role: procesor"),
            "`procesor` never stands there",
        ),
        ('rules = ["own.yaml"]\n', OWN.replace("outside: yes", "name.nl: x"), "there is no field `nl`"),
    ],
)
def test_what_is_refused_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], toml: str, own: str, says: str
) -> None:
    write(folder, toml, **({"own__yaml": own} if own else {}))
    code, _, err = check(folder, capsys)
    assert code == 2
    assert says in err


def test_settings_are_found_upward_and_in_a_project_file(folder: Path) -> None:
    assert find_config(folder / "register") is None
    (folder / "pyproject.toml").write_text('[tool.ropa]\nignore = ["TRF"]\n', encoding="utf-8")
    found = find_config(folder / "register" / "register.yaml")
    assert found == folder / "pyproject.toml"
    assert Config(found).ignore == ("TRF",)
    (folder / "register" / "ropa.toml").write_text('packs = ["DE"]\n', encoding="utf-8")
    assert Config(find_config(folder / "register")).packs == ("DE",)
