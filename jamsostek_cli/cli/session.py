"""What every command knows: the database, the day, who acts, and how to speak."""

import datetime
import getpass
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from jamsostek_cli.cli import config
from jamsostek_cli.cli.plain_text import harmless
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import BUSY_SECONDS, Database

_LONGEST_WAIT: Final = 3600
ZONE: Final = "Asia/Makassar"
"""Bontang lives by WITA; a cron job must not date its work by the machine's own zone."""


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
    color: bool | None

    def database(self) -> Database:
        """Return the database to work with, which need not exist."""
        return Database(self._place()[0], _busy_seconds(), config.provisions())

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
        return Database(path, _busy_seconds(), config.provisions()), city

    def place(self) -> Path:
        """Return where the database stands, or would stand."""
        return self._place()[0]

    @property
    def place_is_named(self) -> bool:
        """Whether somebody said where the database stands."""
        return self._place()[1]

    def _place(self) -> tuple[Path, bool]:
        named = self.db or os.environ.get("JCLI_DB") or config.config().get("db")
        return (Path(named).expanduser(), True) if named else (config.default_database(), False)

    def act(self) -> Act:
        """Return who acts, with which command, when."""
        actor = self.actor or os.environ.get("JCLI_ACTOR") or config.config().get("actor") or _login()
        return Act(actor=words(actor), command=self.command, at=self.now, today=self.today)


def _busy_seconds() -> float:
    try:
        seconds = float(os.environ["JCLI_BUSY_SECONDS"])
    except (KeyError, ValueError):
        return BUSY_SECONDS
    return seconds if 0 <= seconds <= _LONGEST_WAIT else BUSY_SECONDS


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container or cron job without a password entry
        return "unknown"


def current_moment() -> datetime.datetime:
    """Read the clock: the one place where the program does."""
    return datetime.datetime.now(ZoneInfo(ZONE))  # noqa: TID251 - the edge of the program


def session(ctx: typer.Context) -> Session:
    """Return the session of a running command."""
    found = ctx.find_object(Session)
    assert found is not None  # noqa: S101 - the root callback always sets it
    return replace(found, command=ctx.command_path)


_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
YEARS: Final = range(1990, 2200)
_LONGEST_NUMBER: Final = 19
_MONEY: Final = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,00)?", re.ASCII | re.IGNORECASE)


def a_date(value: str) -> datetime.date:
    """Read a date as `2025-12-31` or `31/12/2025`."""
    swapped = _DAY_FIRST.fullmatch(value.strip())
    try:
        if swapped is not None:
            return datetime.date(int(swapped[3]), int(swapped[2]), int(swapped[1]))
        return datetime.date.fromisoformat(value.strip())
    except ValueError:
        raise typer.BadParameter(text("usage.date", value=value)) from None


def a_month(value: str) -> Month:
    """Read a month as `2025-07`, of a year in which an office may work."""
    try:
        month = Month.parse(value.strip())
    except ValueError:
        month = None
    if month is None or month.year not in YEARS:
        raise typer.BadParameter(text("usage.month", value=value))
    return month


def a_span(value: str) -> Span:
    """Read months as `2023-10..2024-09`, or one month."""
    first, _, last = value.partition("..")
    try:
        return Span(a_month(first), a_month(last or first))
    except ValueError:
        raise typer.BadParameter(text("usage.span", value=value)) from None


def an_amount(value: str) -> int:
    """Read rupiah as `42000000`, `42.000.000` or `Rp42.000.000`; `42,000` is refused as ambiguous."""
    shape = _MONEY.fullmatch(str(value).strip())  # a default arrives as a number
    if shape is None or len(shape[1]) > _LONGEST_NUMBER:
        raise typer.BadParameter(text("usage.amount", value=value))
    return int(shape[1].replace(".", ""))


def a_count(value: str) -> int:
    """Read a number of people or rows, 0 or more, with or without dots."""
    shape = _MONEY.fullmatch(str(value).strip())
    if shape is None or len(shape[1]) > _LONGEST_NUMBER:
        raise typer.BadParameter(text("usage.count", value=value))
    return int(shape[1].replace(".", ""))


def a_year(value: str) -> int:
    """Read a year in which an office may work."""
    if not (value.strip().isdecimal() and int(value) in YEARS):
        raise typer.BadParameter(text("usage.year", value=value))
    return int(value)


def words(value: str) -> str:
    """Read a text that has to say something: a reason, a proof number, a source, a name."""
    said = " ".join(harmless(value).split())
    if not said:
        raise typer.BadParameter(text("usage.words"))
    return said


def one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a parser for the values of an enumeration."""

    def read(value: str) -> StrEnum:
        try:
            return kind(str(value).strip().lower())
        except ValueError:
            raise typer.BadParameter(text("usage.choice", value=value, choices=", ".join(kind))) from None

    return read


def one_worker(who: str | None, nik: str | None) -> str:
    """Return whom a command means: the argument, `--nik`, or (`--nik -`) a line of standard input."""
    if (who is None) == (nik is None):
        raise JcliError("E002", problem=text("usage.worker"))
    if nik == "-":
        import sys

        return sys.stdin.readline().strip()
    return who or nik or ""


def confirmed(current: Session, question: str) -> None:
    """Ask before something large; goes on without asking when there is nobody at the keyboard.

    `--yes` skips the question; a "no" is E001.
    """
    import sys

    if current.yes or current.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    sys.stderr.write(f"{question} {text('ask.yes_no')} ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "ya", "yes"}:
        raise JcliError("E001")


def password_of(file: Path | None) -> str | None:
    """Return the password that stands on the first line of a file; E201 where there is none."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")[0].rstrip("\r")
    except (OSError, ValueError):
        raise JcliError("E201", path=file.name) from None


WorkerArgument = Annotated[str | None, typer.Argument(metavar="P-000123", help=text("opt.worker"))]
NikOption = Annotated[str | None, typer.Option("--nik", metavar="NIK", help=text("opt.nik"))]
ForceOption = Annotated[bool, typer.Option("--force", help=text("opt.force"))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=text("opt.dry_run"))]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEKS", parser=words, help=text("opt.reason"))]
OptionalReason = Annotated[
    str | None, typer.Option("--reason", metavar="TEKS", parser=words, help=text("opt.reason"))
]
PasswordOption = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help=text("opt.password_file"))
]
