"""A workbook that is committed with its register: written when it says something else by now, and only then."""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ropa.cli import main

TEXT = """\
ropa: 1
language: en
controller: {name: Example B.V., country: NL, contact: {email: privacy@example.org}}
activities:
  news: {name: Newsletters, purposes: {a: {name: sending news, legal_basis: {article: 6(1)(a), consent: {proof: unknown}}}}}
"""


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "register" / "register.yaml"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    return file


def today_is(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return date.fromisoformat(day)

    monkeypatch.setattr(sys.modules["ropa.cli.main"], "date", Clock)


def export(*more: str, name: str = "register.xlsx") -> int:
    return main(["export", "register", "-o", name, "--committed", *more])


def test_it_is_written_once_and_stays_as_days_go_by(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today_is("2026-10-01", monkeypatch)
    assert export() == 1
    first = Path("register.xlsx").read_bytes()
    today_is("2026-11-25", monkeypatch)
    assert export() == 0
    assert Path("register.xlsx").read_bytes() == first
    register.write_text(TEXT.replace("Newsletters", "News"), encoding="utf-8")
    assert export() == 1
    second = Path("register.xlsx").read_bytes()
    assert b"2026-11-25T00:00:00Z" in zipfile.ZipFile(io.BytesIO(second)).read("docProps/core.xml")
    today_is("2026-11-26", monkeypatch)
    assert export() == 0
    assert Path("register.xlsx").read_bytes() == second


@pytest.mark.parametrize("more", [["--language", "nl"], ["--for", "authority"], ["--layout", "cnil"], ["--on", "2026-10-02"]])  # fmt: skip
def test_it_is_written_anew_for_other_options(register: Path, more: list[str]) -> None:
    assert export("--on", "2026-10-01") == 1
    assert export(*more) == 1
    assert export(*more) == 0


def test_how_it_is_compressed_changes_nothing(register: Path) -> None:
    assert export() == 1
    packed = io.BytesIO()
    with zipfile.ZipFile("register.xlsx") as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    Path("register.xlsx").write_bytes(packed.getvalue())
    assert export() == 0
    assert Path("register.xlsx").read_bytes() == packed.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK", b"text", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_written_over(register: Path, content: bytes) -> None:
    Path("register.xlsx").write_bytes(content)
    assert export() == 1
    assert export() == 0


@pytest.mark.parametrize(("part", "edit"), [("xl/worksheets/sheet2.xml", (b"Newsletters", b"Newslettexs")), ("xl/theme/theme1.xml", None)])  # fmt: skip
def test_a_part_that_was_edited_or_left_out_is_written_anew(
    register: Path, part: str, edit: tuple[bytes, bytes] | None
) -> None:
    assert export() == 1
    packed = io.BytesIO()
    with zipfile.ZipFile("register.xlsx") as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name != part:
                new.writestr(name, content)
            elif edit is not None:
                assert edit[0] in content
                new.writestr(name, content.replace(*edit))
    Path("register.xlsx").write_bytes(packed.getvalue())
    assert export() == 1
    assert export() == 0


def test_a_register_that_cannot_be_read_writes_nothing(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register.write_text("ropa: 1\nfoo: 1\n", encoding="utf-8")
    assert export() == 2
    assert not Path("register.xlsx").exists()
    assert "was not written" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--rev", "HEAD"], ["--format", "csv"], ["--rev-on", "2026-01-01"]])
def test_it_is_the_workbook_of_the_text_on_disk(register: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    with pytest.raises(SystemExit) as stop:
        export(*more)
    assert stop.value.code == 2
    assert "--committed" in capsys.readouterr().err
