"""`jcli claim owed`: the families of the dead who are owed and have no claim."""

from typing import TYPE_CHECKING

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, OutputOption
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.domain.owed import OwedFamily
    from jamsostek_cli.operations.claim.worth.owed import OwedList


def owed(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the dead who were covered and of whom no claim lives, and the dead who are paid for."""
    from jamsostek_cli.operations.claim.worth import owed as operation
    from jamsostek_cli.reports.claims import owed_table

    current = session(ctx)
    found = operation.listed(current.database(), current.today)
    families = owed_table(found.families, current.today)
    paid = Table.of(
        "paid_dead",
        found.paid_dead,
        (
            Column("worker", of=lambda one: number_of(one.worker_id)),
            Column("name"),
            Column("kelurahan"),
            Column("died_on", Kind.DATE),
            Column("months_after", Kind.COUNT, of=lambda one: one.months),
            Column("amount_after", Kind.RUPIAH, of=lambda one: one.amount),
        ),
        summed=("months_after", "amount_after"),
    )
    least = sum(one.least or 0 for one in found.families)
    most = sum(one.most or 0 for one in found.families)
    hints = []
    if found.families:
        hints = [text("next.label", step=_next(found.families[0]))]
    answer = list_answer(
        current,
        "families_owed",
        [families, paid] if found.paid_dead else [families],
        Output.of(current, output, force=force, machine=machine),
        data={
            "families": families.records(),
            "paid_dead": paid.records(),
            "least": least,
            "most": most,
            "amount_after": sum(one.amount for one in found.paid_dead),
        },
        lines=_said(found, least, most),
        shown=[table for table in (families, paid) if table.rows],
        hints=hints,
    )
    show(current, answer)


def _next(family: "OwedFamily") -> str:
    """Return how a family gets its claim: by a new one, or by opening again the one that was decided."""
    if family.decided is not None:
        return text("next.reopen", claim=family.decided)
    facts = {"worker": number_of(family.worker_id), "kind": word(family.kind), "date": f"{family.died_on}"}
    return text("next.claim", **facts)


def _said(found: "OwedList", least: int, most: int) -> list[str]:
    """Say how many families are owed how much, and what was paid for the dead."""
    lines = [text("say.owed_none")]
    if found.families:
        facts = {"families": figures.count(len(found.families)), "amount": figures.rupiah(least)}
        lines = [text("say.owed", **facts)]
    if most > least:
        sums = {"amount": figures.rupiah(most), "between": figures.rupiah(most - least)}
        lines.append(text("say.owed_most", **sums))
    if found.paid_dead:
        after = figures.rupiah(sum(one.amount for one in found.paid_dead))
        lines.append(text("say.paid_dead", people=figures.count(len(found.paid_dead)), amount=after))
    return lines
