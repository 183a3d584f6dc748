"""An untrained clerk: types Indonesian commands at a terminal of 80 columns and reads what is answered."""

import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from jamsostek_cli.cli.frame.main import main
from tests.support.language import english_in

QUIET = re.compile(r"\d{4}-\d{2}-\d{2}T|(?<![\w./-])20\d{2}-\d{2}(?![\d-])|\bNone\b")
"""What no screen shows: moments and months as programs write them, and Python's nothing."""
COMMAND = re.compile(r"jcli .*")
"""A command, to the end of its line: months may stand in it in digits."""


class Window(StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@dataclass
class Clerk:
    """A clerk in an empty folder, from which every file is named as it stands there."""

    desk: Path
    monkeypatch: pytest.MonkeyPatch
    day: str = "2025-01-06"
    actor: str = "rina"
    typed: list[tuple[str, str]] = field(default_factory=list)

    def on(self, day: str) -> None:
        """Let time go on."""
        self.day = day

    def __call__(self, line: str, *shown: str, code: int = 0, hidden: Sequence[str] = ()) -> str:
        """Type a command: it ends with `code`, shows every text of `shown` and none of `hidden`."""
        out, err = Window(), StringIO()
        self.monkeypatch.setattr(sys, "stdout", out)
        self.monkeypatch.setattr(sys, "stderr", err)
        before = ["--today", self.day, "--actor", self.actor, "--yes", "--color", "never"]
        ended = main([*before, *shlex.split(line)])
        screen = out.getvalue() + err.getvalue()
        self.typed.append((line, screen))
        assert ended == code, f"{line}\n{ended}\n{screen}"
        flat = " ".join(screen.split())
        for text in shown:
            assert text in flat, f"{line}\n{text}\n{screen}"
        for text in hidden:
            assert text not in flat, f"{line}\n{text}\n{screen}"
        assert english_in(screen.replace(str(self.desk), "")) == set(), f"{line}\n{screen}"
        assert not QUIET.search(COMMAND.sub("", screen)), f"{line}\n{screen}"
        wide = [one for one in out.getvalue().splitlines() if len(one.rstrip()) > 80 and " " in one.strip()]
        assert wide == [] or "$ jcli" in screen, f"{line}\n{wide}"
        return flat

    def by(self, actor: str, line: str, *shown: str, code: int = 0) -> str:
        """Let a colleague type a command."""
        self.actor, mine = actor, self.actor
        try:
            return self(line, *shown, code=code)
        finally:
            self.actor = mine
