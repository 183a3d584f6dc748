"""Where a demonstration plays: a folder, a fresh database, and commands run in view."""

import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.cli.frame.screen import tell
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import ExitStatus, JcliError
from jamsostek_cli.messages import figures, language, text

_TO_OPEN = frozenset({".pdf", ".xlsx"})
_LETTERHEAD = {
    "office": "Dinas Tenaga Kerja",
    "signer": "SURYA WIJAYA",
    "signer_title": "Kepala Dinas Tenaga Kerja",
    "report_number": "560/{nomor}/DTK/{romawi}/{tahun}",
}
"""Who signs the monthly report of a made-up office."""
_SHOWN = 3
"""Of many commands alike, so many are shown."""


class Stage:
    """Where a demonstration plays: a folder of its own, a fresh database, and a way to run commands in view.

    What an earlier demonstration made is replaced; a folder with anything else in it is left alone (E107).
    Told `at_length`, every command is shown with its whole answer, else what matters of some.
    """

    def __init__(self, current: Session, folder: Path, database: str, *, at_length: bool) -> None:
        from typer.main import get_command

        from jamsostek_cli.cli.frame.app import app

        self.command = get_command(app)  # built once: a city takes hundreds of commands
        self.folder = folder
        self.quiet = current.quiet
        self.at_length = at_length
        self.database = folder / database
        self.marker = folder / ".jcli-demo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise safe_file.refusal(error, folder) from error
        if any(folder.iterdir()) and not self.marker.exists():
            raise JcliError("E107", path=folder)
        try:
            self.marker.touch()
            self.database.unlink(missing_ok=True)
        except OSError as error:  # somebody is looking at the earlier one
            raise safe_file.refusal(error, self.database) from error

    def scene(self, key: str) -> None:
        """Announce the next part."""
        if not self.quiet:
            tell("")
            tell(f"# {text(key)}")

    def run(self, actor: str, day: str, *arguments: str, silent: bool = False, told: int = 0) -> None:
        """Show a command as a person would type it, and run it; 0 and 3 are good endings.

        `told` is how many sentences of the answer are heard where the story is short: none, and the command
        is not shown either.
        """
        shown = " ".join(f'"{a}"' if " " in a else a for a in arguments)
        silent = silent or self.quiet or not (self.at_length or told)
        if not silent:
            if self.at_length:
                tell("")
            tell(f"$ jcli --actor {actor} {shown}")
        where = ["--db", str(self.database), "--today", day, "--actor", actor, "--lang", language(), "--yes"]
        sys.stdout.flush()
        if self.at_length or silent:
            code = self._answer([*where, *(["--quiet"] if silent else []), *arguments])
        else:
            heard = StringIO()
            with redirect_stdout(heard), redirect_stderr(StringIO()):
                code = self._answer([*where, *arguments])
            lines = heard.getvalue().splitlines()
            said = [line for line in lines if line.strip() and line[0] != " " and "\t" not in line]
            sys.stdout.write("".join(f"  {line}\n" for line in said[:told]))
            sys.stdout.flush()
        if code == ExitStatus.INTERRUPTED:  # Typer has caught the interrupt
            raise KeyboardInterrupt
        if code not in {None, 0, 3}:
            raise JcliError("E002", problem=shown)

    def _answer(self, arguments: Sequence[str]) -> object:
        return self.command(args=list(arguments), prog_name="jcli", standalone_mode=False)

    def monthly(self, day: str, month: str, told: int = 0, *, addressee: str = "Wali Kota Bontang") -> None:
        """Lay a month on the desk, with the letterhead of a made-up office, and to whom it goes."""
        for name, value in {**_LETTERHEAD, "addressee": addressee}.items():
            self.run("rina", day, "db", "setting", name, value, "--reason", "kop surat", silent=True)
        self.run(
            *("rina", day, "report", "monthly", "--month", month, "-o", str(self.folder), "--force"),
            told=told,
        )

    def end(self, day: str) -> None:
        """Close with the state of the office, and with what to open."""
        self.run("rina", day, "status", told=1)
        if self.quiet:
            return
        made = sorted(path.name for path in self.folder.iterdir() if path.suffix in _TO_OPEN)
        tell("")
        tell(text("demo.end", folder=self.folder))
        tell(text("demo.open", files=", ".join(made)))
        if not self.at_length:
            tell(text("demo.look", database=self.database))

    def run_each(self, actor: str, day: str, commands: Sequence[Sequence[str]], told: int = 0) -> None:
        """Run many commands alike, the first few in view; where the story is short, the first."""
        shown = _SHOWN if self.at_length else 1
        for position, arguments in enumerate(commands):
            self.run(actor, day, *arguments, silent=position >= shown, told=told)
        if len(commands) > shown and not self.quiet and (self.at_length or told):
            tell(text("demo.alike", more=figures.count(len(commands) - shown)))
