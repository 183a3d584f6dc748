"""`jcli report coverage`."""

import datetime
import re
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    YearOption,
    a_day_of_work,
    a_month,
    choice_option,
    meant,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.coverage import CoverageLine
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.coverage.dimensions import DIMENSIONS, MONTH
from jamsostek_cli.tables import typed

_NEXT: Final = re.compile(r",(?=[^,=]*=)")
"""The comma before another dimension; one within a value is the value's own."""
AsOfOption = Annotated[
    datetime.date | None,
    typer.Option("--as-of", metavar="DATE", parser=a_day_of_work, help=text("opt.as_of")),
]


def _dimensions() -> str:
    """Return the words of what coverage can be broken down by."""
    return ", ".join(text(f"col.{name}") for name in DIMENSIONS)


def _dimension(said: str) -> str:
    """Return the dimension that is meant; E504 where there is none."""
    named = meant(said.strip(), lambda word: typed.keyed(word, DIMENSIONS, "col"))
    if named is None:
        raise JcliError("E504", name=said.strip(), names=_dimensions())
    return named


def _where(restrictions: Sequence[str]) -> dict[str, list[str]]:
    """Return the values to which each dimension is restricted; E504, E612 for what says none."""
    where: dict[str, list[str]] = {}
    for part in (part for said in restrictions for part in _NEXT.split(said)):
        name, is_one, value = part.partition("=")
        if not (is_one and name.strip() and value.strip()):
            raise JcliError("E612", said=part.strip())
        dimension = _dimension(name)
        read = str(a_month(value)) if dimension == MONTH else value.strip()
        where.setdefault(dimension, []).append(read)
    if len(where.get(MONTH, ())) > 1:
        raise JcliError("E612", said=", ".join(where[MONTH]), remedy="E612.months")
    return where


def coverage(
    ctx: typer.Context,
    year: YearOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="DIMENSION", help=text("opt.by", choices=_dimensions())),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="DIMENSION=VALUE", help=text("opt.where"))
    ] = None,
    as_of: AsOfOption = None,
    names: Annotated[bool, typer.Option("--names", help=text("opt.names"))] = False,
    line: Annotated[
        CoverageLine | None, choice_option("--line", CoverageLine, "opt.coverage_line", "LINE")
    ] = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the coverage of a year: by one or two dimensions, of a part of the people, if asked."""
    from jamsostek_cli.operations import report

    current = session(ctx)
    dimensions = [_dimension(word) for said in by or () for word in said.split(",")]
    if line is not None and not (names or dimensions):
        raise JcliError("E613")
    chosen = year or (as_of or current.today).year
    made = report.coverage(
        current.database(),
        year=chosen,
        as_of=as_of or min(current.today, datetime.date(chosen, 12, 31)),
        by=dimensions,
        where=_where(where or ()),
        line=line or CoverageLine.PROTECTED,
        names=names,
    )
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))
