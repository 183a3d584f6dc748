"""`jcli claim add` and `jcli claim set`: a claim of every kind, and what it rests on."""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from jamsostek_cli.cli.claim import screen
from jamsostek_cli.cli.claim.settling import ClaimArgument
from jamsostek_cli.cli.frame.options import (
    NikOption,
    ReasonOption,
    ReportedOption,
    a_count,
    a_year,
    an_amount,
    choice_option,
    count_option,
    date_option,
    listed,
    meant,
    words_option,
)
from jamsostek_cli.cli.frame.person import WorkerArgument, asked_about, one_worker
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import Cause, ClaimKind, Expense
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules.claim.scholarship import Level, Work
from jamsostek_cli.rules.law.regulation import packaged
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim.circumstances import ToldChild, ToldCircumstances

_Name = TypeVar("_Name")
_Said = TypeVar("_Said")
_PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%", re.ASCII)
_PART_OF_ONE: Final = re.compile(r"[01](?:[.,]\d+)?", re.ASCII)
_YEARS: Final = re.compile(r"(\d{1,2})\s*\D+", re.ASCII)


class ChildFact(StrEnum):
    """What can be said of a child beside its level."""

    MARRIED = "married"
    WORKING = "working"


TotalOption = Annotated[
    bool | None, typer.Option("--total-disability/--no-total-disability", help=text("opt.total_disability"))
]
LossOption = Annotated[
    list[str] | None, typer.Option("--loss", metavar="PART[=SHARE]", help=text("opt.loss"))
]
UnableOption = Annotated[int | None, count_option("--months-unable", "opt.months_unable")]
ExpenseOption = Annotated[
    list[str] | None,
    typer.Option("--expense", metavar="NAME=RUPIAH", help=text("opt.expense", choices=listed(Expense))),
]
HomeCareOption = Annotated[int | None, count_option("--home-care-months", "opt.home_care_months")]
TrafficOption = Annotated[bool | None, typer.Option("--traffic/--no-traffic", help=text("opt.traffic"))]
LostOption = Annotated[
    bool | None, typer.Option("--lost-at-sea/--no-lost-at-sea", help=text("opt.lost_at_sea"))
]
ChildOption = Annotated[
    list[str] | None,
    typer.Option("--child", metavar="NAME=LEVEL[,…]", help=text("opt.child", choices=listed(Level))),
]
SchoolYearOption = Annotated[
    int | None, typer.Option("--school-year", metavar="YEAR", parser=a_year, help=text("opt.school_year"))
]


FollowsOption = Annotated[str | None, words_option("--follows", "opt.follows", "CLAIM")]


def _told(
    *,
    total: bool | None,
    losses: Sequence[str] | None,
    unable: int | None,
    expenses: Sequence[str] | None,
    home_care: int | None,
    traffic: bool | None,
    lost: bool | None,
    children: Sequence[str] | None,
    school_year: int | None,
    follows: str | None = None,
) -> "ToldCircumstances":
    """Return what was typed of a claim."""
    from jamsostek_cli.operations.claim.circumstances import ToldCircumstances

    return ToldCircumstances(
        total_disability=total,
        losses=once("--loss", [a_loss(value) for value in losses or ()]),
        months_unable=unable,
        expenses=once("--expense", [an_expense(value) for value in expenses or ()]),
        home_care_months=home_care,
        traffic=traffic,
        lost_at_sea=lost,
        children=once("--child", [_child(value) for value in children or ()]),
        school_year=school_year,
        follows=follows,
    )


def once(option: str, pairs: Sequence[tuple[_Name, _Said]]) -> Mapping[_Name, _Said]:
    """Return what was said by name; nobody says two things of one."""
    said = dict(pairs)
    if len(said) < len(pairs):
        raise typer.BadParameter(text("usage.once"), param_hint=option)
    return said


def a_loss(value: str) -> tuple[str, Decimal]:
    """Read a lost part of the body and the share of its function that is lost; alone, it is lost whole.

    `50%` and `0,5` are half of it; `50` is refused, as it is not said of what.
    """
    part, _, share = value.rpartition("=") if "=" in value else (value, "", "100%")
    shares = packaged().history("jkk.partial_shares")[-1].value
    known = meant(part, lambda said: typed.keyed(said, list(shares), "part"))  # type: ignore[arg-type]
    percent, whole = _PERCENT.fullmatch(share.strip()), _PART_OF_ONE.fullmatch(share.strip())
    if percent is not None:
        lost = Decimal(percent[1].replace(",", ".")) / 100
    elif whole is not None:
        lost = Decimal(whole[0].replace(",", "."))
    else:
        raise typer.BadParameter(text("usage.lost_share", value=share), param_hint="--loss")
    return known or "-".join(typed.plain(part).split()), lost.normalize()


def an_expense(value: str) -> tuple[Expense, int]:
    """Read a bill: what it is for, and rupiah."""
    name, given, amount = value.rpartition("=")
    expense = meant(name, lambda said: typed.member(said, Expense))
    if expense is None or not given:
        choices = listed(Expense)
        raise typer.BadParameter(text("usage.expense", value=value, choices=choices), param_hint="--expense")
    return Expense(expense), an_amount(amount)


def _child(value: str) -> "tuple[str, ToldChild | None]":
    """Read a child with its level and what else is known: `ANDI=SMA`, `ANDI=universitas,bekerja BPU`.

    `ANDI=0` takes the child out of the claim.
    """
    from jamsostek_cli.operations.claim.circumstances import ToldChild

    name, given, facts = value.partition("=")
    said = [typed.plain(fact) for fact in facts.split(",")]
    if not given or not name.strip() or not all(said):
        raise typer.BadParameter(text("usage.child", value=value), param_hint="--child")
    if said == ["0"]:
        return name.strip(), None
    known: dict[str, object] = {"level": _level(said[0])}
    for fact in said[1:]:
        known |= _child_fact(fact)
    return name.strip(), ToldChild(**known)  # type: ignore[arg-type]


def _level(said: str) -> Level | None:
    level = meant(said, lambda word: typed.keyed(word, [*Level, "none"], "level"))
    if level is None:
        choices = "; ".join([listed(Level), text("level.none")])
        raise typer.BadParameter(text("usage.choice", value=said, choices=choices), param_hint="--child")
    return None if level == "none" else Level(level)


def _child_fact(said: str) -> dict[str, object]:
    """Read `menikah`, `bekerja`, `bekerja BPU`, `bekerja PU 4` (months) or `2 tahun` (used before)."""
    years = _YEARS.fullmatch(said)
    if years is not None:
        return {"years_used": int(years[1])}
    first, _, rest = said.partition(" ")
    fact = meant(first, lambda word: typed.member(word, ChildFact))
    if fact is not None and not rest:
        return {fact: True}
    way, _, months = rest.partition(" ") if fact is ChildFact.WORKING else ("", "", "")
    work = meant(way, lambda word: typed.member(word, Work))
    if work is None or not (months == "" or months.split()[0].isdecimal()):
        raise typer.BadParameter(text("usage.child_fact", value=said), param_hint="--child")
    return {
        "working": True,
        "work": Work(work),
        "work_months": a_count(months.split()[0]) if months else None,
    }


def add(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    kind: Annotated[ClaimKind, choice_option("--kind", ClaimKind, "opt.kind", "KIND")],
    date: Annotated[datetime.date | None, date_option("--date", "opt.event")] = None,
    reported: ReportedOption = None,
    died: Annotated[datetime.date | None, date_option("--died", "opt.died")] = None,
    cause: Annotated[Cause | None, choice_option("--cause", Cause, "opt.cause", "CAUSE")] = None,
    total: TotalOption = None,
    loss: LossOption = None,
    unable: UnableOption = None,
    expense: ExpenseOption = None,
    home_care: HomeCareOption = None,
    traffic: TrafficOption = None,
    lost: LostOption = None,
    child: ChildOption = None,
    school_year: SchoolYearOption = None,
    follows: FollowsOption = None,
) -> None:
    """Report a claim."""
    from jamsostek_cli.operations.claim import moves

    if kind is ClaimKind.SCHOLARSHIP and school_year is None:
        raise typer.BadParameter(text("usage.missing", name="--school-year"))
    told = _told(
        total=total, losses=loss, unable=unable, expenses=expense, home_care=home_care, traffic=traffic,
        lost=lost, children=child, school_year=school_year,
    )  # fmt: skip
    current = session(ctx)
    said = {"kind": word(kind), "day": "" if date is None else figures.day(date.isoformat())}
    question = "ask.scholarship" if date is None else "ask.claim"
    detail = moves.add(
        current.database(),
        current.act(),
        asked_about(current, one_worker(who, nik), question, **said),
        kind=kind,
        event_date=date,
        reported_on=reported,
        died_on=died,
        cause=cause,
        told=told,
        follows=follows,
    )
    screen.changed(current, detail, [text("say.claim_added", claim=detail.claim.number, kind=word(kind))])


def set_(
    ctx: typer.Context,
    claim: ClaimArgument,
    *,
    total: TotalOption = None,
    loss: LossOption = None,
    unable: UnableOption = None,
    expense: ExpenseOption = None,
    home_care: HomeCareOption = None,
    traffic: TrafficOption = None,
    lost: LostOption = None,
    child: ChildOption = None,
    school_year: SchoolYearOption = None,
    follows: FollowsOption = None,
    reason: ReasonOption,
) -> None:
    """Put what a claim rests on right, before it is verified."""
    from jamsostek_cli.operations.claim import circumstances

    told = _told(
        total=total, losses=loss, unable=unable, expenses=expense, home_care=home_care, traffic=traffic,
        lost=lost, children=child, school_year=school_year, follows=follows,
    )  # fmt: skip
    current = session(ctx)
    detail = circumstances.change(current.database(), current.act(), claim, told, reason=reason)
    screen.changed(current, detail, [text("say.claim_set", claim=detail.claim.number)])
