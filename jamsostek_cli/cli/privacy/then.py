"""`jcli privacy breach`: who was in the file on a day."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, a_moment, date_option
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.privacy import PersonRole
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.privacy.breach import Breach


def breach(
    ctx: typer.Context,
    *,
    on: Annotated[datetime.date, date_option("--on", "opt.breach_on")],
    known_since: Annotated[
        datetime.datetime | None,
        typer.Option("--known-since", metavar="MOMENT", parser=a_moment, help=text("opt.breach_known")),
    ] = None,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help=text("opt.breach_output"))
    ] = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show who was in the file on a day, for the notice to them and to the authority."""
    from jamsostek_cli.operations.privacy import breach as operation

    current = session(ctx)
    found = operation.breach(current.database(), current.end_of(on))
    people, roles, kinds = _tables(found)
    known = current.now if known_since is None else known_since.replace(tzinfo=current.now.tzinfo)
    if known_since is not None and not (on <= known.date() and known <= current.now):
        raise JcliError("E585", moment=figures.moment(known.isoformat()), on=on)
    by = known + operation.notice(current.database_as_it_is(), on)
    notice = by.isoformat(timespec="minutes")
    rows = found.by_role()[PersonRole.REFUSED]
    data = {
        "on": on.isoformat(),
        "people": len(found.people),
        "gone": found.gone,
        "known_since": known.isoformat(timespec="minutes"),
        "notice_by": notice,
        "roles": roles.records(),
        "kinds": kinds.records(),
    }
    lines = [
        text("say.breach", day=figures.day(on.isoformat()), people=figures.count(len(found.people) - rows)),
        *([text("say.breach_rows", count=figures.count(rows))] if rows else []),
        text(_notice(told=known_since is not None, late=by < current.now), by=figures.moment(notice)),
        *([text("say.breach_gone", count=figures.count(found.gone))] if found.gone else []),
    ]
    place = Output.of(current, output, force=force, machine=machine)
    answer = list_answer(
        current,
        "breach",
        [people, roles, kinds],
        place,
        data=data | ({"list": people.records()} if place.files else {}),
        lines=lines,
        shown=[roles, kinds],
        hints=[] if place.files else [text("next.label", step=text("next.breach", day=on.isoformat()))],
        as_of=on,
    )
    show(current, replace(answer, data=data))  # who it was stands in the file alone


def _notice(*, told: bool, late: bool) -> str:
    """Return under which key the time for the notice is said."""
    if late:
        return "say.breach_late"
    return "say.breach_notice" if told else "say.breach_notice_from_now"


def _tables(found: "Breach") -> tuple[Table, Table, Table]:
    """Return who was in the file, as what, and of how many which data."""
    people = Table.of(
        "affected",
        found.people,
        (
            Column("role"),
            Column("worker"),
            Column("name"),
            Column("phone"),
            Column("address"),
            Column("kinds", of=lambda one: Coded(",".join(one.kinds), ", ".join(map(word, one.kinds)))),
        ),
        lead=("role", "worker", "name", "phone", "address"),
    )
    roles = Table.of(
        "affected_roles",
        sorted(found.by_role().items()),
        (
            Column("role", of=lambda one: one[0]),
            Column("people", Kind.COUNT, of=lambda one: one[1], heading="col.entries"),
        ),
    )
    kinds = Table.of(
        "affected_kinds",
        sorted(found.by_kind().items()),
        (
            Column("kind_of_data", of=lambda one: one[0]),
            Column("people", Kind.COUNT, of=lambda one: one[1], heading="col.entries"),
        ),
    )
    return people, roles, kinds
