"""`jcli report coverage`."""

import datetime
import re
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.coverage_map import MapOption, output_of
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
from jamsostek_cli.cli.frame.report_answer import answered
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.coverage import CoverageLine
from jamsostek_cli.domain.known_on import KnownOn
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
KnownOnOption = Annotated[
    datetime.date | None,
    typer.Option("--known-on", metavar="DATE", parser=a_day_of_work, help=text("opt.known_on")),
]


def known(current: Session, day: datetime.date | None) -> tuple[KnownOn | None, datetime.date]:
    """Return the day whose knowledge is asked for, if one is, and the day that is today for the report."""
    return current.known_on(day), day or current.today


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
    *,
    year: YearOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="DIMENSION", help=text("opt.by", choices=_dimensions())),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="DIMENSION=VALUE", help=text("opt.where"))
    ] = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    names: Annotated[bool, typer.Option("--names", help=text("opt.names"))] = False,
    line: Annotated[
        CoverageLine | None, choice_option("--line", CoverageLine, "opt.coverage_line", "LINE")
    ] = None,
    boundary: MapOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the coverage of a year: by one or two dimensions, of a part of the people, if asked."""
    from jamsostek_cli.operations.reporting import report

    current = session(ctx)
    dimensions = [_dimension(word) for said in by or () for word in said.split(",")]
    if line is not None and not (names or dimensions):
        raise JcliError("E613")
    as_known, today = known(current, known_on)
    chosen = year or (as_of or today).year
    by_map = () if where or line or names else dimensions
    place = output_of(current, output, boundary, by=by_map, force=force, machine=machine)
    made = report.coverage(
        current.database(),
        year=chosen,
        as_of=as_of or min(today, datetime.date(chosen, 12, 31)),
        by=dimensions,
        where=_where(where or ()),
        line=line or CoverageLine.PROTECTED,
        names=names,
        known=as_known,
    )
    show(current, answered(made, place))
