"""`jcli privacy breach`: who was in the file on a day."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, OutputOption, date_option
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.privacy.breach import Breach


def breach(
    ctx: typer.Context,
    *,
    on: Annotated[datetime.date, date_option("--on", "opt.breach_on")],
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show who was in the file on a day, for the notice to them and to the authority."""
    from jamsostek_cli.operations.privacy import breach as operation

    current = session(ctx)
    found = operation.breach(current.database(), current.end_of(on))
    people, roles, kinds = _tables(found)
    notice = (current.now + operation.notice(current.database_as_it_is(), on)).isoformat(timespec="minutes")
    data = {
        "on": on.isoformat(),
        "people": len(found.people),
        "gone": found.gone,
        "notice_by": notice,
        "roles": roles.records(),
        "kinds": kinds.records(),
    }
    lines = [
        text("say.breach", day=figures.day(on.isoformat()), people=figures.count(len(found.people))),
        text("say.breach_notice", by=figures.moment(notice)),
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
        lead=("role", "worker", "name", "phone"),
    )
    roles = Table.of(
        "affected_roles",
        sorted(found.by_role().items()),
        (Column("role", of=lambda one: one[0]), Column("people", Kind.COUNT, of=lambda one: one[1])),
    )
    kinds = Table.of(
        "affected_kinds",
        sorted(found.by_kind().items()),
        (Column("kind_of_data", of=lambda one: one[0]), Column("people", Kind.COUNT, of=lambda one: one[1])),
    )
    return people, roles, kinds
