"""`jcli status`."""

import typer

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Figure, Kind


def status(ctx: typer.Context) -> None:
    """Show where the office stands and what is next."""
    from jamsostek_cli.operations.office import status as operation

    current = session(ctx)
    try:
        now = operation.status(current.database(), current.today)
    except JcliError as error:
        if error.code != "E101" or current.place_is_named:
            raise
        show(
            current,
            Answer(
                data={"path": str(current.place()), "exists": False},
                lines=[text("say.no_database", path=current.place())],
                hints=[text("next.label", step=text("next.init"))],
            ),
        )
        return
    following = operation.next_step(now)
    step = text(f"next.{following.key}", **following.facts)
    counted = [Figure(key, count) for key, count in now.counts.items()]
    counted.append(Figure("amount_owed", now.amount_owed, Kind.RUPIAH))
    if now.oldest_open_days is not None:
        counted.append(Figure("oldest_open_days", now.oldest_open_days))
    show(
        current,
        Answer(
            data={
                "path": str(current.place()),
                "exists": True,
                "city": now.city,
                "counts": now.counts,
                "last_batch": now.last_batch,
                "oldest_open_days": now.oldest_open_days,
                "amount_owed": now.amount_owed,
                "next": step,
            },
            lines=[text("say.status", city=now.city, day=figures.day(current.today.isoformat()))],
            figures=counted,
            hints=[text("next.label", step=step)],
        ),
    )
