"""What a payment of contributions, or taking one back, means for claims and for the months before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.domain.iuran import Payer
    from jamsostek_cli.operations.claim.worth.repriced import Repriced


def period(span: Span) -> str:
    """Return months as a sentence names them: one, or the first and the last."""
    return figures.months(f"{span.first}..{span.last}")


def still_owed(payer: "Payer", months: Sequence[Month]) -> list[str]:
    """Say which earlier months of a payer are unpaid, if any."""
    named = ", ".join(period(run) for run in runs(months))
    return [text("say.still_owed", payer=word(payer), months=named)] if months else []


def repriced(claims: Sequence["Repriced"]) -> Table:
    """Return the claims that are worth something else now, with whom they are for."""
    return Table.of(
        "claims_repriced",
        claims,
        (
            Column("claim", of=lambda one: one.claim.number),
            Column("worker", of=lambda one: number_of(one.worker.id)),
            Column("name", of=lambda one: one.worker.facts.name),
            Column("state", of=lambda one: one.claim.state),
            Column("before", Kind.RUPIAH),
            Column("after", Kind.RUPIAH),
        ),
    )


def said(table: Table) -> list[str]:
    """Say how many claims a table of them names, if any."""
    return [text("say.claims_repriced", claims=figures.count(len(table.rows)))] if table.rows else []
