"""The person a command means: by number, by NIK, or by the place in the list of the last search."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from jamsostek_cli import committed, safe_file
from jamsostek_cli.cli.frame import config
from jamsostek_cli.cli.frame.options import one_worker
from jamsostek_cli.cli.frame.screen import tell
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked, session
from jamsostek_cli.domain.worker import Facts, Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text

__all__ = [
    "NumberedWorker",
    "NumberedWorkers",
    "WorkerArgument",
    "asked_about",
    "named_person",
    "one_worker",
    "person_line",
    "remember",
    "worker_argument",
]

_MARK: Final = "#"


def _place(current: Session) -> Path:
    """Return where the last list is kept: one for each database and officer, in this user's own folder."""
    whose = f"{current.place().resolve()}\n{current.act().actor}"
    return config.state_folder() / f"found-{hashlib.sha256(whose.encode()).hexdigest()[:16]}.json"


def remember(current: Session, database: str, people: list[str]) -> None:
    """Keep who was listed, in that order; where nothing can be kept, the numbers are worth nothing."""
    place = _place(current)
    kept = {"database": database, "on": current.today.isoformat(), "people": people}
    with suppress(OSError, JcliError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if safe_file.write(place, lambda part: _fill(part, json.dumps(kept)), force=True):
            committed.take_back()  # nobody asked for it


def _fill(part: Path, content: str) -> None:
    part.touch(mode=0o600)
    part.write_text(content, encoding="utf-8")


def _meant(current: Session, said: str) -> str:
    """Return the number of the worker at a place of the last list, and say aloud who that is.

    Raises E522 where no list has that place, E523 for a list of another day or database.
    """
    if not said.startswith(_MARK):
        return said
    from jamsostek_cli.operations import find

    try:
        kept: dict[str, Any] = json.loads(_place(current).read_text(encoding="utf-8"))
        day, people, database = str(kept["on"]), list(map(str, kept["people"])), str(kept["database"])
    except (OSError, ValueError, KeyError, TypeError):
        raise JcliError("E522", number=said, count=0) from None
    named = find.named(current.database_as_it_is())
    if day != current.today.isoformat() or database != named.database:
        raise JcliError("E523", number=said, on=figures.day(day))
    digits = said.removeprefix(_MARK)
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) <= len(people)):
        raise JcliError("E522", number=said, count=len(people))
    worker = named.worker(people[int(digits) - 1])
    if not current.quiet:
        tell(f"{said} = {named_person(worker)}")
    return worker.number


def named_person(worker: Worker) -> str:
    """Return who somebody is in a line: number, name, kelurahan, year of birth."""
    return person_line(worker.number, worker.facts, worker.kelurahan)


def person_line(number: str, facts: Facts, kelurahan: str | None) -> str:
    """Return what `named_person` says, of somebody of whom no more is known."""
    return text(
        "say.person",
        worker=number,
        name=facts.name,
        kelurahan=kelurahan or text("say.no_kelurahan"),
        year=str(facts.birth_date)[:4],
    )


def asked_about(current: Session, who: str, question: str, **facts: object) -> str:
    """Ask whether somebody is meant, named in full, before anything is done to them; return their number.

    As `confirmed`: where nobody sits at the keyboard nothing is asked, and the person is only named. Raises
    E401.
    """
    from jamsostek_cli.operations import find

    worker = find.named(current.database()).worker(who)
    if is_asked(current):
        confirmed(current, text(question, person=named_person(worker), **facts))
    elif not (current.quiet or current.json):
        tell(named_person(worker))
    return worker.number


def _of_argument(ctx: typer.Context, said: str | None) -> str | None:
    return None if said is None else _meant(session(ctx), said)


def _of_option(ctx: typer.Context, said: list[str] | None) -> list[str] | None:
    return said and [_meant(session(ctx), one) for one in said]


def worker_argument(metavar: str, help_key: str) -> Any:  # noqa: ANN401 - what typer.Argument returns
    """Return an argument that takes a worker, by number or by the place in the last list."""
    return typer.Argument(metavar=metavar, callback=_of_argument, help=text(help_key))


WorkerArgument = Annotated[str | None, worker_argument("WORKER", "opt.worker")]
NumberedWorker = Annotated[
    str | None, typer.Option("--worker", metavar="WORKER", callback=_of_argument, help=text("opt.worker"))
]
NumberedWorkers = Annotated[
    list[str] | None,
    typer.Option("--worker", metavar="WORKER", callback=_of_option, help=text("opt.worker")),
]
