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

from generated import write

TIMED = "import time; start = time.perf_counter()\n{work}\nprint(time.perf_counter() - start)"
LOAD = "import sys; from ropa.loading import load\n" + TIMED.format(work="assert load(sys.argv[1]).register")
PARSE = "import sys, yaml, pathlib; files = sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml'))\n" + TIMED.format(
    work="for file in files: yaml.load(file.read_bytes(), yaml.CSafeLoader)"
)
IMPORTS = "import ropa.loading, ropa.checking, ropa.reports, ropa.cli; ropa.checking.select()"
PAIRS = {
    "load / CSafeLoader": (LOAD, PARSE, 0.35),
    "check of 10 / its imports": ("-m ropa check {small} --fail-on never", IMPORTS, 1.2),
    "--help / bare Python": ("-m ropa --help", "pass", 3.0),
}


def seconds(code: str, folder: Path) -> float:
    """Return the wall time of a fresh interpreter, or of the part that its code times itself."""
    words = code.split() if code.startswith("-m") else ["-c", code, str(folder)]
    start = time.perf_counter()
    out = subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout
    took = time.perf_counter() - start
    return float(out) if "perf_counter" in code else took


def inner(folder: Path) -> dict[str, float]:
    """Measure rules against loading, and memory, within one fresh interpreter."""
    code = (
        "import sys, time, json, datetime, resource\n"
        "from ropa.loading import load; from ropa.checking import check\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "a = time.perf_counter(); loaded = load(sys.argv[1]); b = time.perf_counter()\n"
        "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "check(loaded, on=datetime.date(2026, 1, 1), select_rules=['A3001']); c = time.perf_counter()\n"
        "check(loaded, on=datetime.date(2026, 1, 1)); d = time.perf_counter()\n"
        "n = len(loaded.register.activities)\n"
        "print(json.dumps({'rules / load': (d - c) / (b - a), 'KB an activity': (after - before) / n, 'load': b - a}))"
    )
    out = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(out.stdout)
    return measured


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    rows: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder, small = Path(name) / "large", Path(name) / "small"
        write(folder, options.activities)
        write(small, 10)
        for title, (ours, theirs, aim) in PAIRS.items():
            ours = ours.replace("{small}", str(small))
            ratios = []
            for turn in range(options.pairs):
                order = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
                took = {code: seconds(code, folder) for code in order}
                ratios.append(took[ours] / took[theirs])
            print(json.dumps({"ratio": title, "median": statistics.median(ratios), "all": sorted(ratios)}))
            rows.append((title, statistics.median(ratios), aim))
        within = [inner(folder) for _ in range(options.pairs)]
        rows.append(("rules / load", statistics.median(one["rules / load"] for one in within), 0.3))
        rows.append(("KB an activity", statistics.median(one["KB an activity"] for one in within), 60))
    for title, median, aim in rows:
        print(f"{title:<28}{median:>8.2f}   aim {aim}")


if __name__ == "__main__":
    main()
