"""A git repository for tests, made of one line after another."""

import os
import subprocess
from pathlib import Path

AUTHOR = {
    **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Jane Doe"), ("EMAIL", "jane@example.org"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip
"""Who commits, whatever the machine is set to."""


class Repo:
    """A repository to try things in; each commit is a day later than the one before."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder, self.day = folder, 0
        folder.mkdir(parents=True, exist_ok=True)
        self("init", "-q", "-b", "main", *arguments)

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, **files: str) -> "Repo":
        for name, text in files.items():
            self.put(f"registers/x/{name}.yaml", text)
        return self

    def put(self, name: str, text: str | bytes) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def commit(self, subject: str = "More", at: str = "") -> str:
        self.day += 1
        stamp = at or f"2024-05-{self.day:02}T12:00:00+02:00"
        self("add", "-A")
        env = {**os.environ, **AUTHOR, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        subprocess.run(["git", "-C", self.folder, "commit", "-qm", subject], env=env, check=True)
        return self("rev-parse", "HEAD")
