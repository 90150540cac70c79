"""Speed as ratios: each pair runs back to back in fresh processes, in alternating order.

    python benchmarks/ratios.py [--activities 1000] [--pairs 5]

Prints the median of the paired ratios, with quartiles, as JSON lines and as a table.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated import chains, write

TIMED = "import time; start = time.perf_counter()\n{work}\nprint(time.perf_counter() - start)"
DAY = "datetime.date(2026, 1, 1)"
LOAD = "import sys; from ropa.loading import load\n" + TIMED.format(work="assert load(sys.argv[1]).register")
PARSE = "import sys, yaml, pathlib; files = sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml'))\n" + TIMED.format(
    work="kept = [yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files]"
)
PREPARED = (
    "import sys, datetime; from ropa.loading import load; from ropa.checking import check\n"
    f"loaded = load(sys.argv[1]); check(loaded, on={DAY}, select_rules=['A3001'])\n"
)
RULES = PREPARED + TIMED.format(work=f"check(loaded, on={DAY})")
EXPORT = (
    PREPARED
    + f"from ropa.workbook import book, writing, export; report = check(loaded, on={DAY})\n"
    + TIMED.format(work="export(report, sys.argv[1] + '.xlsx', language='en')")
)
BARE = (  # the same cells, as openpyxl writes them without any style
    "import sys, openpyxl\n"
    "book = openpyxl.load_workbook(sys.argv[1] + '.xlsx', read_only=True)\n"
    "sheets = [(s.title, [list(row) for row in s.iter_rows(values_only=True)]) for s in book.worksheets]\n"
)
BARE += TIMED.format(
    work=(
        "out = openpyxl.Workbook(write_only=True)\n"
        "for title, rows in sheets:\n"
        "    sheet = out.create_sheet(title)\n"
        "    for row in rows: sheet.append(row)\n"
        "out.save(sys.argv[1] + '.bare.xlsx')"
    )
)
CHAINS = (
    "import sys, datetime; from ropa.loading import load; from ropa.checking import check\n"
    f"loaded = load(sys.argv[1]); check(loaded, on={DAY}, select_rules=['A3001'])\n"
    + TIMED.format(work=f"check(loaded, on={DAY}, select_rules=['TRF', 'GRF'])")
)
IMPORTS = "import ropa.loading, ropa.checking, ropa.reports, ropa.cli.check; ropa.rules.select()"
MEMORY = (
    "import sys, resource; from ropa.loading import load\n"
    "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; loaded = load(sys.argv[1])\n"
    "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / len(loaded.register.activities))"
)


def run(code: str, folder: Path) -> float:
    """Return what a fresh interpreter prints: seconds for the part that its code times, or kilobytes."""
    words = code.split() if code.startswith("-m") else ["-c", code, str(folder)]
    start = time.perf_counter()
    out = subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout
    took = time.perf_counter() - start
    return float(out.split()[-1]) if "print(" in code else took


def paired(ours: tuple[str, Path], theirs: tuple[str, Path], pairs: int) -> list[float]:
    """Return the ratio of each pair, in alternating order."""
    ratios = []
    for turn in range(pairs):
        if turn % 2:
            bottom = run(*theirs)
            ratios.append(run(*ours) / bottom)
        else:
            top = run(*ours)
            ratios.append(top / run(*theirs))
    return sorted(ratios)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder, small, large = Path(name) / "folder", Path(name) / "small", Path(name) / "large"
        write(folder, options.activities)
        write(small, 10)
        write(large, 10 * options.activities)
        few, many = Path(name) / "few.yaml", Path(name) / "many.yaml"
        few.write_text(chains(options.activities), encoding="utf-8")
        many.write_text(chains(10 * options.activities), encoding="utf-8")
        check_small = f"-m ropa check {small} --fail-on never"
        for title, ours, theirs, aim in (
            ("load / CSafeLoader of the same bytes", (LOAD, folder), (PARSE, folder), 0.35),
            ("all rules / loading", (RULES, folder), (LOAD, folder), 0.3),
            ("ten times as many / loading", (LOAD, large), (LOAD, folder), 10.5),
            ("ten times as many transfers in chains / judging", (CHAINS, many), (CHAINS, few), 10.5),
            ("styled export / bare openpyxl write-only", (EXPORT, folder), (BARE, folder), 1.2),
            ("check of ten activities / its imports", (check_small, small), (IMPORTS, small), 1.2),
            ("--help / bare Python", ("-m ropa --help", small), ("pass", small), 3.0),
        ):
            ratios = paired(ours, theirs, options.pairs)
            low, median, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
            print(json.dumps({"ratio": title, "median": median, "p25": low, "p75": high, "aim": aim}), flush=True)
            rows.append((title, median, aim))
        kilobytes = statistics.median(run(MEMORY, folder) for _ in range(options.pairs))
        rows.append(("peak KB an activity, loading", kilobytes, 60.0))
    for title, median, aim in rows:
        print(f"{title:<50}{median:>8.2f}   aim {aim:g}")


if __name__ == "__main__":
    main()
