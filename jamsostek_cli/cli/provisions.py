"""`jcli provisions`."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.screen import Answer, show
from jamsostek_cli.cli.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import language, text
from jamsostek_cli.reports.table import Column, Kind, Table


def provisions(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME] | check FILE.toml...", help=text("opt.provision"))
    ] = None,
) -> None:
    """List the legal values, or run worked cases through them."""
    match words or []:
        case ["check", *files] if files:
            _check(ctx, [Path(file) for file in files])
        case [] | [_] as name:
            _list(ctx, name[0] if name else None)
        case _:
            raise JcliError("E002", problem="provisions [NAME] | check FILE.toml...")


def _list(ctx: typer.Context, name: str | None) -> None:
    """List the legal values with dates, sources and how sure we are."""
    from jamsostek_cli.operations import provisions

    found = provisions.history(name)
    table = Table(
        key="provisions",
        columns=(
            Column("name"),
            Column("title"),
            Column("since", Kind.DATE),
            Column("until", Kind.DATE),
            Column("value"),
            Column("unit"),
            Column("citation"),
            Column("confidence"),
            Column("checked_on", Kind.DATE),
        ),
        rows=[
            (
                p.name,
                p.title if language() == "id" else p.title_en,
                p.since.isoformat(),
                None if p.until is None else p.until.isoformat(),
                str(p.value),
                p.unit,
                p.citation,
                p.confidence,
                p.checked_on.isoformat(),
            )
            for p in found
        ],
    )
    unread = sum(p.confidence != "read" for p in found)
    hints = [text("say.unread", unread=unread, all=len(found))] if unread else []
    show(session(ctx), Answer(schema="provisions", data=table.records(), tables=[table], hints=hints))


def _check(ctx: typer.Context, files: list[Path]) -> None:
    """Run worked cases through the rules that price real claims; exit 1 when one is wrong."""
    from jamsostek_cli.operations import provisions

    checked = [(path, provisions.check(path)) for path in files]
    results = [(path.name, result) for path, run in checked for result in run.results]
    wrong = sum(run.wrong for _, run in checked)
    table = Table(
        key="cases",
        columns=(Column("file"), Column("case"), Column("verdict"), Column("differences")),
        rows=[
            (file, result.name, "right" if result.right else "wrong", "; ".join(result.differences))
            for file, result in results
        ],
    )
    show(
        session(ctx),
        Answer(
            schema="provisions-check",
            data={"right": len(results) - wrong, "wrong": wrong, "cases": table.records()},
            tables=[table],
            hints=[text("say.cases", right=len(results) - wrong, wrong=wrong)],
        ),
    )
    if wrong:
        raise typer.Exit(1)
