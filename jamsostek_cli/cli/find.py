"""`jcli find`, and `jcli worker find`: people by whatever somebody knows of them."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption, LimitOption, MachineOption, OutputOption
from jamsostek_cli.cli.frame.person import remember
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.nik import masked_beside_birth
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

_COLUMNS = (
    Column("rank", Kind.COUNT),
    Column("worker"),
    Column("name"),
    Column("birth_date", Kind.DATE),
    Column("sex"),
    Column("kelurahan"),
    Column("rt"),
    Column("agency"),
    Column("status"),
    Column("died_on", Kind.DATE),
    Column("nik", of=lambda person: masked_beside_birth(person.nik)),
    Column("record"),
    Column("score", Kind.COUNT),
)
_LEAD = ("rank", "worker", "name", "birth_date", "kelurahan", "rt", "status")


def find(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help=text("opt.words"))],
    limit: LimitOption = 20,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Find people by any words of theirs, the best first; `#2` is the second of them from then on."""
    from jamsostek_cli.operations import find as operation

    current = session(ctx)
    found = operation.find(current.database(), " ".join(words), limit=limit)
    remember(current, found.database, [person.worker for person in found.people])
    table = Table.of("people_found", found.people, _COLUMNS, lead=_LEAD)
    shown, total = figures.count(len(found.people)), figures.count(found.total)
    said = text("say.found" if len(found.people) == found.total else "say.found_of", shown=shown, total=total)
    show(
        current,
        list_answer(
            current,
            "find",
            [table],
            Output.of(current, output, force=force, machine=machine),
            data={"total": found.total, "people": table.records()},
            lines=[said],
            hints=[text("next.label", step=text("next.found"))],
        ),
    )
