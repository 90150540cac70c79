"""LibreOffice, where it is installed: workbooks saved anew or printed, without a window, in a profile of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from acceptance.made import visible

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDFTOTEXT = shutil.which("pdftotext")

needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_paper = pytest.mark.skipif(
    SOFFICE is None or PDFTOTEXT is None, reason="LibreOffice (soffice) or poppler (pdftotext) is not installed"
)


def converted(files: Iterable[Path], kind: str, to: Path, profile: Path) -> dict[str, Path]:
    """Let LibreOffice read files and write them as `xlsx`, `ods` or `pdf` into a folder, in one go."""
    assert SOFFICE is not None
    sources = list(files)
    user = f"-env:UserInstallation={profile.as_uri()}"
    command = [
        SOFFICE,
        user,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(to),
        *map(str, sources),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=570)
    found = {file.stem: to / f"{file.stem}.{kind}" for file in sources}
    assert all(file.exists() for file in found.values()), "LibreOffice wrote nothing"
    return found


def printed(pdf: Path) -> list[str]:
    """Return the text of each page."""
    assert PDFTOTEXT is not None
    said = subprocess.run([PDFTOTEXT, "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=120)
    return said.stdout.decode().split("\f")[:-1]


def lost(workbook: Path, pages: list[str]) -> set[str]:
    """Return the words of visible cells that no page of their sheet shows: what a row is too low for is not printed.

    A page is known by its footer, which ends with the name of the sheet.
    """
    missing = set()
    for page in openpyxl.load_workbook(workbook).worksheets:
        if page.sheet_state == "visible":
            text = "\n".join(each for each in pages if re.search(rf"– {re.escape(page.title)}(\s|$)", each))
            words = set(text.split())
            run_on = re.sub(r"\s", "", text)  # a word too long for its column goes on in the next line
            for cell in visible(page):
                missing |= {word for word in str(cell.value).split() if word not in words and word not in run_on}
    return missing
