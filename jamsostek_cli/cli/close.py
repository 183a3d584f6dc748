"""`jcli close`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.options import OptionalReason, a_month_or_last
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, confirmed, session
from jamsostek_cli.domain.closing import ClosedMonth
from jamsostek_cli.domain.month import Month, runs
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import in_words


def close(
    ctx: typer.Context,
    month: Annotated[str | None, typer.Argument(metavar="[MONTH|last]", help=text("opt.close_month"))] = None,
    undo: Annotated[bool, typer.Option("--undo", help=text("opt.close_undo"))] = False,
    reason: OptionalReason = None,
    listed: Annotated[bool, typer.Option("--list", help=text("opt.close_list"))] = False,
) -> None:
    """Close a month, open one again, or show which are closed."""
    from jamsostek_cli.operations.reporting import closing

    current = session(ctx)
    if listed == (month is not None) and (listed or undo or reason):
        raise JcliError("E002", problem=text("usage.close_list"))
    if undo != (reason is not None):
        raise JcliError("E002", problem=text("usage.close_undo"))
    if month is None:
        show(current, _answer(closing.every(current.database()), []))
        return
    chosen = a_month_or_last(month) or Month.of(current.today).plus(-1)
    if reason is not None:
        confirmed(current, text("ask.close_undo", month=figures.months(str(chosen))))
        opened = closing.undo(current.database(), current.act(), chosen, reason=reason)
        show(current, _answer([opened], [text("say.reopened", month=figures.months(str(chosen)))]))
        return
    _close(current, chosen)


def _close(current: Session, month: Month) -> None:
    from jamsostek_cli.operations.reporting import closing

    confirmed(current, text("ask.close_month", month=figures.months(str(month))))
    done = closing.close(current.database(), current.act(), month)
    said = {"month": figures.months(str(month)), "mark": done.month.hash[:16]}
    lines = [text("say.closed", seq=figures.count(done.month.seq), **said)]
    if done.unpaid:
        lines.append(text("say.closed_unpaid"))
    if done.open_before:
        before = [
            f"{run.first}..{run.last}" if run.first < run.last else str(run.first)
            for run in runs(done.open_before)
        ]
        lines.append(text("say.closed_before", months=", ".join(map(in_words, before))))
    step = text("next.label", step=text("next.closed", month=str(month)))
    show(current, _answer([done.month], lines, hints=[step]))


def _answer(months: Sequence[ClosedMonth], lines: Sequence[str], hints: Sequence[str] = ()) -> Answer:
    """Return closings as an answer, always of one shape."""
    table = Table.of(
        "closed_months",
        months,
        (
            Column("month"),
            Column("closed_on", Kind.DATE),
            Column("closed_by"),
            *(Column(key, kind, of=lambda one, key=key: one.figures.get(key)) for key, kind in _SHOWN),  # type: ignore[misc] # a figure of that key
            Column("seq", Kind.COUNT),
            Column("hash", of=lambda one: one.hash[:16]),
            Column("undone_on", Kind.DATE),
            Column("undone_by"),
            Column("undone_for"),
        ),
        lead=("month", "closed_on", "closed_by", "protected", "amount", "undone_on"),
    )
    data = [
        {**record, "hash": one.hash, "figures": one.figures}
        for record, one in zip(table.records(), months, strict=True)
    ]
    return Answer(
        data=data,
        lines=lines or ([] if months else [text("say.none_closed")]),
        tables=[table] if months else [],
        hints=hints,
    )


_SHOWN = (
    ("protected", Kind.COUNT),
    ("heads", Kind.COUNT),
    ("amount", Kind.RUPIAH),
    ("claims_paid", Kind.COUNT),
    ("amount_paid", Kind.RUPIAH),
)
"""The control totals that stand in the list; programs get all of them."""
