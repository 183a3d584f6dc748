"""`jcli agency`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    choice_option,
    words,
    words_option,
)
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.iuran import Sector
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.store.register.agencies import Agency
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

app = group("help.agency")
_CLEARED = "-"


@app.command("set", help=text("help.agency_set"))
def put(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="OPD", parser=words, help=text("opt.agency_known"))],
    *,
    sector: Annotated[Sector | None, choice_option("--sector", Sector, "opt.sector", "SECTOR")] = None,
    occupation: Annotated[str | None, words_option("--occupation", "opt.agency_occupation")] = None,
) -> None:
    """Say what the people of an agency do."""
    from jamsostek_cli.operations.office import agency as operation

    current = session(ctx)
    told = _occupation(occupation)
    if sector is None and told is None:
        raise JcliError("E002", problem=text("usage.agency_set"))
    agency = operation.put(current.database(), current.act(), name, sector=sector, occupation=told)
    line = text(
        "say.agency",
        name=agency.name,
        sector=word(agency.sector or Sector.OTHER),
        occupation=agency.occupation or text("say.no_occupation"),
    )
    show(current, Answer(data=_table([agency]).records()[0], lines=[line]))


@app.command("list", help=text("help.agency_list"))
def list_(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the agencies, with how many people each has and what they do."""
    from jamsostek_cli.operations.office import agency as operation

    current = session(ctx)
    place = Output.of(current, output, force=force, machine=machine)
    table = _table(operation.listed(current.database()))
    show(current, list_answer(current, "agencies", [table], place, data=table.records()))


def _occupation(said: str | None) -> str | None:
    """Return an occupation as a cell would say it, "" for one that is to be forgotten; E002 for none."""
    if said is None or said.strip() == _CLEARED:
        return None if said is None else ""
    read = fields.word(said)
    if read is None:
        raise JcliError("E002", problem=text("usage.agency_set"))
    return read


def _table(agencies: list[Agency]) -> Table:
    return Table.of(
        "agencies",
        agencies,
        (
            Column("agency", of=lambda one: one.name),
            Column("workers", Kind.COUNT),
            Column("last_roster", Kind.DATE),
            Column("sector"),
            Column("occupation"),
        ),
        lead=("agency", "workers", "occupation"),
    )
