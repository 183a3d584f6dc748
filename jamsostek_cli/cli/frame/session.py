"""What every command knows: the database, the day, who acts, and how to speak."""

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import typer

from jamsostek_cli import operating_system
from jamsostek_cli.cli.frame import config
from jamsostek_cli.cli.frame.options import words
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.cli.frame.upgrade import bring_up_to_date
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file.database import BUSY_SECONDS, Database
from jamsostek_cli.store.file.trail.audit import Act

_LONGEST_WAIT: Final = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The global options of one run."""

    command: str
    now: datetime.datetime
    today: datetime.date
    db: Path | None
    actor: str | None
    json: bool
    quiet: bool
    no_input: bool
    yes: bool
    recipient: str | None
    why: str | None
    color: bool | None
    asked: Mapping[str, object] = field(default_factory=dict)
    """What was typed behind the command, by the names of its options and arguments."""
    as_it_is: bool = False
    """Whether the command needs the file as it is: a dry run, and a plan that is bound to it."""

    def database(self) -> Database:
        """Return the database to work with, which need not exist; an older one is migrated first."""
        return self._up_to_date(self.database_as_it_is())

    def database_as_it_is(self) -> Database:
        """Return the database to work with, which need not exist and may be of an older version."""
        return Database(self._place()[0], _busy_seconds(), config.provisions())

    def _up_to_date(self, database: Database) -> Database:
        bring_up_to_date(database, self.act(), quiet=self.quiet, as_it_is=self.as_it_is)
        return database

    def database_made_if_needed(self) -> tuple[Database, str | None]:
        """Return the database, created when nobody named a place and none stands at the default one.

        The second value is the city of a database that was made just now.
        """
        path, named = self._place()
        city = None
        if not named and not path.exists():
            from jamsostek_cli.operations.office import database as office

            try:
                city = office.init(path, self.act()).area.name
            except JcliError as error:
                if error.code != "E107":  # another jcli may have made it in this very moment
                    raise
        return self.database(), city

    def end_of(self, day: datetime.date) -> KnownOn:
        """Return the end of a day by the office's clock."""
        return KnownOn(day, datetime.datetime.combine(day, datetime.time.max, self.now.tzinfo))

    def known_on(self, day: datetime.date | None) -> KnownOn | None:
        """Return the end of a day whose knowledge is asked for, if one is; E590 for a day to come."""
        if day is None:
            return None
        if day > self.today:
            raise JcliError("E590", date=day, today=self.today)
        return self.end_of(day)

    def place(self) -> Path:
        """Return where the database stands, or would stand."""
        return self._place()[0]

    @property
    def place_is_named(self) -> bool:
        """Whether somebody said where the database stands."""
        return self._place()[1]

    def _place(self) -> tuple[Path, bool]:
        return place_of(self.db)

    def act(self) -> Act:
        """Return who acts, with which command, when, and on which computer."""
        import platform

        actor = self.actor or os.environ.get("JCLI_ACTOR") or config.config().get("actor") or _login()
        return Act(
            actor=words(actor),
            command=self.command,
            at=self.now,
            today=self.today,
            login=_login(),
            host=platform.node(),
            recipient=words(self.recipient) if self.recipient else None,
            why=words(self.why) if self.why else None,
        )


def place_of(typed: Path | None) -> tuple[Path, bool]:
    """Return where the database stands, or would stand, and whether somebody said so; E111 as in `config`."""
    named = typed or os.environ.get("JCLI_DB") or config.config().get("db")
    return (Path(named).expanduser(), True) if named else (config.default_database(), False)


def _busy_seconds() -> float:
    try:
        seconds = float(os.environ["JCLI_BUSY_SECONDS"])
    except (KeyError, ValueError):
        return BUSY_SECONDS
    return seconds if 0 <= seconds <= _LONGEST_WAIT else BUSY_SECONDS


def _login() -> str:
    return operating_system.account() or "unknown"


def current_moment(zone: str) -> datetime.datetime:
    """Read the clock: the one place where the program does."""
    return datetime.datetime.now(ZoneInfo(zone))  # noqa: TID251 - the edge of the program


def session(ctx: typer.Context) -> Session:
    """Return the session of a running command."""
    of_root = ctx.find_object(Session)
    assert of_root is not None  # noqa: S101 - the root callback always sets it
    as_it_is = bool(ctx.params.get("dry_run") or ctx.params.get("apply"))
    return replace(of_root, command=ctx.command_path.strip(), asked=ctx.params, as_it_is=as_it_is)


def is_asked(current: Session) -> bool:
    """Return whether somebody sits at the keyboard who is to be asked before something large."""
    import sys

    return not (current.yes or current.no_input) and sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(current: Session, question: str) -> None:
    """Ask before something large; goes on without asking when there is nobody at the keyboard.

    `--yes` skips the question; a "no" is E001.
    """
    import sys

    if not is_asked(current):
        return
    sys.stderr.write(f"{question} {text('ask.yes_no')} ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "ya", "yes"}:
        raise JcliError("E001")


def answered(question: str) -> str:
    """Ask whoever sits at the keyboard for a reason and return it; who gives none is E001."""
    import sys

    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    said = " ".join(harmless(sys.stdin.readline().strip()).split())
    if not said:
        raise JcliError("E001")
    return said
