"""`jcli provisions`."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.group import NAMELESS, DefaultGroup, group
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import figures, language, text
from jamsostek_cli.operations.office.provisions import ValueOrigin
from jamsostek_cli.rules.law.provision import Confidence
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.office.provisions import ListedProvision
    from jamsostek_cli.rules.case import CaseResult
    from jamsostek_cli.rules.law.provision import Provision, Value


app = group("help.provisions", cls=DefaultGroup)


@app.command(NAMELESS, help=text("help.provisions"))
def list_(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=text("opt.provision"))] = None,
    *,
    unread: Annotated[bool, typer.Option("--unread", help=text("opt.unread"))] = False,
) -> None:
    """List the legal values with dates, sources and how sure we are."""
    from jamsostek_cli.operations.office import provisions

    current = session(ctx)
    listed = provisions.history(current.database(), name, unread=unread)
    table = Table.of(
        "provisions",
        listed,
        (
            Column("name", of=lambda listed: listed.value.name),
            Column("title", of=lambda listed: _title(listed.value)),
            Column("since", Kind.DATE, of=lambda listed: listed.value.since),
            Column("until", Kind.DATE, of=lambda listed: listed.value.until),
            Column("value", of=lambda listed: _shown(listed.value.value)),
            Column("unit", of=lambda listed: listed.value.unit),
            Column("citation", of=lambda listed: listed.value.citation),
            Column("origin"),
            Column("read", of=lambda listed: listed.value.confidence is Confidence.READ),
            Column("confidence", of=lambda listed: listed.value.confidence),
            Column("checked_on", Kind.DATE, of=lambda listed: listed.value.checked_on),
        ),
    )
    show(
        current,
        Answer(data=table.records(), tables=[table], hints=_warnings(listed)),
    )


def _title(provision: "Provision") -> str:
    return provision.title if language() == "id" else provision.title_en


def _shown(value: "Value") -> Coded:
    """Return a legal value as programs read it; for people its numbers have separators, its parts names."""
    if isinstance(value, tuple):
        return Coded(_value(value), ", ".join(part.replace("-", " ") for part in value))
    if isinstance(value, Mapping):
        parts = (f"{_part(str(part))} = {figures.number(_number(number))}" for part, number in value.items())
        return Coded(_value(value), "; ".join(parts))
    return Coded(_value(value), figures.number(_number(value)))


def _part(code: str) -> str:
    """Return what a part of a legal value is called; a threshold is a number."""
    if code.isdecimal():
        return figures.count(int(code))
    return known(f"part.{code}") or code


def _value(value: "Value") -> str:
    """Return a legal value as one text: a table as word = number, a list with commas."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, int | Decimal):
        return _number(value)
    return "; ".join(f"{word} = {_number(number)}" for word, number in value.items())


def _number(number: "int | Decimal") -> str:
    return f"{Decimal(number).normalize():f}"


def _warnings(listed: "Sequence[ListedProvision]") -> list[str]:
    """Say how many of the values that count nobody has read, and which of them rest on memory alone."""
    unread = [each.value for each in listed if each.unread]
    warnings = []
    if unread:
        counting = sum(each.origin is not ValueOrigin.REPLACED for each in listed)
        warnings.append(text("say.unread", unread=len(unread), all=counting))
        for confidence in (Confidence.MEMORY, Confidence.REPORTED):
            names = dict.fromkeys(value.name for value in unread if value.confidence is confidence)
            if names:
                counted = {"count": len(names), "names": ", ".join(names)}
                warnings.append(text(f"say.unread_{confidence.value}", **counted))
    own = dict.fromkeys(each.value.name for each in listed if each.origin is ValueOrigin.OWN)
    if own:
        warnings.append(text("say.own_provisions", names=", ".join(own)))
    return warnings


class CaseVerdict(StrEnum):
    """Whether a worked case came out as it should."""

    RIGHT = "right"
    WRONG = "wrong"


@app.command("check", help=text("help.provisions_check"))
def check(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE.toml...", help=text("opt.case_files"))],
) -> None:
    """Run worked cases through the rules that price real claims; exit 1 when one is wrong."""
    from jamsostek_cli.operations.office import provisions

    current = session(ctx)
    checked = [(path, provisions.check(current.database(), path)) for path in files]
    results = [(path.name, result) for path, run in checked for result in run.results]
    wrong = sum(run.wrong for _, run in checked)
    table = Table.of(
        "cases",
        results,
        (
            Column("file", of=lambda checked: checked[0]),
            Column("case", of=lambda checked: checked[1].name),
            Column("verdict", of=lambda checked: _verdict(checked[1])),
            Column("differences", of=lambda checked: "; ".join(checked[1].differences)),
        ),
    )
    show(
        current,
        Answer(
            data={"right": len(results) - wrong, "wrong": wrong, "cases": table.records()},
            tables=[table],
            hints=[text("say.cases", right=len(results) - wrong, wrong=wrong)],
        ),
    )
    if wrong:
        raise typer.Exit(1)


def _verdict(result: "CaseResult") -> CaseVerdict:
    return CaseVerdict.RIGHT if result.right else CaseVerdict.WRONG
