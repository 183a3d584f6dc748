"""Where a demonstration plays: a folder, a fresh database, and commands run in view."""

import sys
from collections.abc import Sequence
from pathlib import Path

from jamsostek_cli.cli.frame.screen import tell
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import language, text

_SHOWN = 3
"""Of many commands alike, so many are shown."""


class Stage:
    """Where a demonstration plays: a folder of its own, a fresh database, and a way to run commands in view.

    What an earlier demonstration made is replaced; a folder with anything else in it is left alone (E107).
    """

    def __init__(self, current: Session, folder: Path, database: str) -> None:
        from typer.main import get_command

        from jamsostek_cli.cli.frame.app import app

        self.command = get_command(app)  # built once: a city takes hundreds of commands
        self.folder = folder
        self.quiet = current.quiet
        self.database = folder / database
        self.marker = folder / ".jcli-demo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise JcliError("E106", path=folder) from None
        if any(folder.iterdir()) and not self.marker.exists():
            raise JcliError("E107", path=folder)
        self.marker.touch()
        self.database.unlink(missing_ok=True)

    def scene(self, key: str) -> None:
        """Announce the next part."""
        if not self.quiet:
            tell("")
            tell(f"# {text(key)}")

    def run(self, actor: str, day: str, *arguments: str, silent: bool = False) -> None:
        """Show a command as a person would type it, and run it; 0 and 3 are good endings."""
        shown = " ".join(f'"{a}"' if " " in a else a for a in arguments)
        if not (silent or self.quiet):
            tell("")
            tell(f"$ jcli --actor {actor} {shown}")
        where = ["--db", str(self.database), "--today", day, "--actor", actor, "--lang", language(), "--yes"]
        quiet = ["--quiet"] if silent or self.quiet else []
        sys.stdout.flush()
        code = self.command(args=[*where, *quiet, *arguments], prog_name="jcli", standalone_mode=False)
        if code not in {None, 0, 3}:
            raise JcliError("E002", problem=shown)

    def end(self, day: str) -> None:
        """Close with the state of the office."""
        self.run("rina", day, "status")
        if not self.quiet:
            tell("")
            tell(text("demo.end", folder=self.folder))

    def run_each(self, actor: str, day: str, commands: Sequence[Sequence[str]]) -> None:
        """Run many commands alike, the first few in view."""
        for position, arguments in enumerate(commands):
            self.run(actor, day, *arguments, silent=position >= _SHOWN)
        if len(commands) > _SHOWN and not self.quiet:
            tell(text("demo.more", more=len(commands) - _SHOWN))
