"""`jcli provisions`."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import language, text
from jamsostek_cli.operations.office.provisions import ValueOrigin
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.office.provisions import ListedProvision
    from jamsostek_cli.rules.provision import Value


def provisions(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME] | check FILE.toml...", help=text("opt.provision"))
    ] = None,
    *,
    unread: Annotated[bool, typer.Option("--unread", help=text("opt.unread"))] = False,
) -> None:
    """List the legal values, or run worked cases through them."""
    match words or []:
        case ["check", *files] if files and not unread:
            _check(ctx, [Path(file) for file in files])
        case [] | [_] as name:
            _list(ctx, name[0] if name else None, unread=unread)
        case _:
            raise JcliError("E002", problem="provisions [NAME] [--unread] | check FILE.toml...")


def _list(ctx: typer.Context, name: str | None, *, unread: bool) -> None:
    """List the legal values with dates, sources and how sure we are."""
    from jamsostek_cli.operations.office import provisions

    current = session(ctx)
    found = provisions.history(current.database(), name, unread=unread)
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
            Column("origin"),
            Column("read"),
            Column("confidence"),
            Column("checked_on", Kind.DATE),
        ),
        rows=[
            (
                p.name,
                p.title if language() == "id" else p.title_en,
                p.since.isoformat(),
                None if p.until is None else p.until.isoformat(),
                _value(p.value),
                p.unit,
                p.citation,
                one.origin,
                p.confidence == "read",
                p.confidence,
                p.checked_on.isoformat(),
            )
            for one in found
            for p in [one.value]
        ],
    )
    show(
        current,
        Answer(data=table.records(), tables=[table], hints=_warnings(found)),
    )


def _value(value: "Value") -> str:
    """Return a legal value as one text: a table as word = number, a list with commas."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, int | Decimal):
        return _number(value)
    return "; ".join(f"{word} = {_number(number)}" for word, number in value.items())


def _number(number: "int | Decimal") -> str:
    return f"{Decimal(number).normalize():f}"


def _warnings(found: "Sequence[ListedProvision]") -> list[str]:
    """Say how many of the values that count nobody has read, and which of them rest on memory alone."""
    unread = [one.value for one in found if one.unread]
    warnings = []
    if unread:
        counting = sum(one.origin is not ValueOrigin.REPLACED for one in found)
        warnings.append(text("say.unread", unread=len(unread), all=counting))
        memory = dict.fromkeys(value.name for value in unread if value.confidence == "memory")
        reported = dict.fromkeys(value.name for value in unread if value.confidence == "reported")
        if memory:
            warnings.append(text("say.unread_memory", count=len(memory), names=", ".join(memory)))
        if reported:
            warnings.append(text("say.unread_reported", count=len(reported), names=", ".join(reported)))
    own = dict.fromkeys(one.value.name for one in found if one.origin is ValueOrigin.OWN)
    if own:
        warnings.append(text("say.own_provisions", names=", ".join(own)))
    return warnings


def _check(ctx: typer.Context, files: list[Path]) -> None:
    """Run worked cases through the rules that price real claims; exit 1 when one is wrong."""
    from jamsostek_cli.operations.office import provisions

    current = session(ctx)
    checked = [(path, provisions.check(current.database(), path)) for path in files]
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
        current,
        Answer(
            part="check",
            data={"right": len(results) - wrong, "wrong": wrong, "cases": table.records()},
            tables=[table],
            hints=[text("say.cases", right=len(results) - wrong, wrong=wrong)],
        ),
    )
    if wrong:
        raise typer.Exit(1)
