"""What people type behind a command: options that many commands share, each with what reads it.

What a screen shows can be typed, in either language, and so can the codes of scripts.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer

from jamsostek_cli.cli.frame import days
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.domain.claim import BENEFACTORS, Benefactor
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES, catalogue, text
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.wording import word

YEARS: Final = range(1990, 2200)
_Paying = TypeVar("_Paying", Payer, Benefactor | Payer)
_DIGITS: Final = 15
"""So many digits a number may have: thousands of such sums still fit into one of SQLite's."""
_MONEY: Final = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,00)?", re.ASCII | re.IGNORECASE)


def a_date(value: str) -> datetime.date:
    """Read a date as `2025-12-31`, `31/12/2025`, `31 Desember 2025` or `kemarin`."""
    day = days.day(value)
    if day is None:
        raise typer.BadParameter(text("usage.date", value=value))
    return day


def a_moment(value: str) -> datetime.datetime:
    """Read a moment as `2025-12-31 14:30` or `kemarin 14.30`; a day alone is its beginning."""
    moment = days.moment(value)
    if moment is None:
        raise typer.BadParameter(text("usage.moment", value=value))
    return moment


def a_day_of_work(value: str) -> datetime.date:
    """Read a day that counts as today, or as of which a report is: of a year in which an office may work."""
    day = a_date(value)
    if day.year not in YEARS:
        raise typer.BadParameter(text("usage.today", value=value, first=YEARS[0], last=YEARS[-1]))
    return day


def a_month(value: str) -> Month:
    """Read a month as `2025-07`, `Juli 2025` or `Juli`, of a year in which an office may work."""
    month = days.month(value)
    if month is None or month.year not in YEARS:
        raise typer.BadParameter(text("usage.month", value=value))
    return month


def a_span(value: str) -> Span:
    """Read months as `2023-10..2024-09` or `Januari..Maret 2025`, or one month."""
    span = days.span(value)
    if span is None or not {span.first.year, span.last.year} <= set(YEARS):
        raise typer.BadParameter(text("usage.span", value=value))
    return span


def a_month_or_last(value: str) -> Month | None:
    """Read a month, or a word for the one before today's: None."""
    last = {"last", *(catalogue(language)["opt.last"] for language in LANGUAGES)}
    return None if typed.plain(value).removeprefix("bulan ") in last else a_month(value)


def an_amount(value: str) -> int:
    """Read rupiah as `42000000`, `42.000.000` or `Rp42.000.000`; `42,000` is refused as ambiguous."""
    amount = _number(_MONEY.fullmatch(str(value).strip()))  # a default arrives as a number
    if amount is None:
        raise typer.BadParameter(text("usage.amount", value=value))
    return amount


def a_count(value: str) -> int:
    """Read a number of people or rows, 0 or more, with or without dots."""
    count = _number(_MONEY.fullmatch(str(value).strip()))
    if count is None:
        raise typer.BadParameter(text("usage.count", value=value))
    return count


def _number(shape: re.Match[str] | None) -> int | None:
    """Return a number as it was typed; None for one so large that sums of it could not be kept."""
    digits = "" if shape is None else shape[1].replace(".", "").lstrip("0") or "0"
    return int(digits) if 0 < len(digits) <= _DIGITS else None


def a_year(value: str) -> int:
    """Read a year in which an office may work."""
    if not (value.strip().isdecimal() and int(value) in YEARS):
        raise typer.BadParameter(text("usage.year", value=value))
    return int(value)


def words(value: str) -> str:
    """Read a text that has to say something: a reason, a proof number, a source, a name."""
    said = " ".join(harmless(value).split())
    if not said:
        raise typer.BadParameter(text("usage.words"))
    return said


def meant(value: str, ask: Callable[[str], typed.Meant | None]) -> typed.Meant | None:
    """Return what `ask` finds to be meant by a word; a word of several things is a BadParameter."""
    try:
        return ask(str(value))
    except typed.AmbiguousWordError as error:
        choices = " / ".join(error.names)
        raise typer.BadParameter(text("usage.ambiguous", value=value, choices=choices)) from None


def listed(members: Iterable[StrEnum]) -> str:
    """Return the words of an enumeration, all of which can be typed."""
    return "; ".join(map(word, members))


def one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a parser for the words and the codes of an enumeration."""

    def read(value: str) -> StrEnum:
        member = meant(value, lambda said: typed.member(said, kind))
        if member is None:
            raise typer.BadParameter(text("usage.choice", value=value, choices=listed(kind)))
        return member

    return read


def a_payer(value: str) -> Payer:
    """Read a payer; E310 for one nobody knows."""
    return _declared(value, Payer)


def a_payer_or_own(value: str) -> str:
    """Read a payer, or one that only this office knows, whose code is its name in small letters."""
    known = meant(value, lambda said: typed.member(said, Payer, whole=True))
    return "-".join(typed.plain(value).split()) if known is None else known.value


def a_benefactor(value: str) -> Benefactor | Payer:
    """Read who paid a claim, BPJS or a payer; E310 for one nobody knows."""
    return _declared(value, BENEFACTORS)


def _declared(value: str, payers: Iterable[_Paying]) -> _Paying:
    """Return the payer that is meant; E310 where none is, or where several are: these are named."""
    known = tuple(payers)
    try:
        payer = typed.member(str(value), known)
    except typed.AmbiguousWordError as error:
        raise JcliError("E310", payer=value, payers="; ".join(error.names)) from None
    if payer is None:
        raise JcliError("E310", payer=value, payers=listed(known))
    return payer


def one_worker(who: str | None, nik: str | None) -> str:
    """Return whom a command means: the argument, `--nik`, or (`--nik -`) a line of standard input."""
    if (who is None) == (nik is None):
        raise JcliError("E002", problem=text("usage.worker"))
    if nik == "-":
        import sys

        return sys.stdin.readline().strip()
    return who or nik or ""


def password_of(file: Path | None) -> str | None:
    """Return the password that stands on the first line of a file; E201 where there is none."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")[0].rstrip("\r")
    except (OSError, ValueError):
        raise JcliError("E201", path=file.name) from None


def date_option(name: str, help_key: str) -> Any:  # noqa: ANN401 - what typer.Option returns
    """Return an option that takes a day; the help is the message of that key."""
    return typer.Option(name, metavar="DATE", parser=a_date, help=text(help_key))


def month_option(name: str, help_key: str) -> Any:  # noqa: ANN401 - as date_option
    """Return an option that takes a month; the help is the message of that key."""
    return typer.Option(name, metavar="MONTH", parser=a_month, help=text(help_key))


def amount_option(name: str, help_key: str) -> Any:  # noqa: ANN401 - as date_option
    """Return an option that takes rupiah; the help is the message of that key."""
    return typer.Option(name, metavar="RUPIAH", parser=an_amount, help=text(help_key))


def count_option(name: str, help_key: str) -> Any:  # noqa: ANN401 - as date_option
    """Return an option that takes a number of people, rows or months; the help is the message of that key."""
    return typer.Option(name, metavar="N", parser=a_count, help=text(help_key))


def choice_option(name: str, kind: type[StrEnum], help_key: str, metavar: str) -> Any:  # noqa: ANN401 - as date_option
    """Return an option that takes a word of an enumeration; its help says which."""
    said = text(help_key, choices=listed(kind))
    return typer.Option(name, metavar=metavar, parser=one_of(kind), help=said)


def words_option(name: str, help_key: str, metavar: str = "TEXT") -> Any:  # noqa: ANN401 - as date_option
    """Return an option that takes a text which has to say something; the help is the message of that key."""
    return typer.Option(name, metavar=metavar, parser=words, help=text(help_key))


ProofArgument = Annotated[str, typer.Argument(metavar="PROOF", parser=words, help=text("opt.taken_back"))]
NikOption = Annotated[str | None, typer.Option("--nik", metavar="NIK", help=text("opt.nik"))]
PayerOption = Annotated[
    Payer | None,
    typer.Option("--payer", metavar="PAYER", parser=a_payer, help=text("opt.payer", choices=listed(Payer))),
]
OnePayerOption = Annotated[
    Payer,
    typer.Option("--payer", metavar="PAYER", parser=a_payer, help=text("opt.payer", choices=listed(Payer))),
]
BenefactorOption = Annotated[  # `a_benefactor` reads it: typer knows no option of two enumerations
    str,
    typer.Option("--payer", metavar="PAYER", help=text("opt.claim_payer", choices=listed(BENEFACTORS))),
]
OutputOption = Annotated[
    list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help=text("opt.output"))
]
MachineOption = Annotated[bool, typer.Option("--machine", help=text("opt.machine"))]
ForceOption = Annotated[bool, typer.Option("--force", help=text("opt.force"))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=text("opt.dry_run"))]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", parser=words, help=text("opt.reason"))]
OptionalReason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", parser=words, help=text("opt.reason"))
]
YearOption = Annotated[
    int | None, typer.Option("--year", metavar="YEAR", parser=a_year, help=text("opt.year"))
]
MonthOption = Annotated[Month | None, month_option("--month", "opt.month")]
PaidOnOption = Annotated[datetime.date, date_option("--date", "opt.paid_on")]
ProofOption = Annotated[str, words_option("--proof", "opt.proof", "NO")]
ReportedOption = Annotated[datetime.date | None, date_option("--reported", "opt.reported")]
AgencyOption = Annotated[str | None, words_option("--agency", "opt.agency", "OPD")]
KelurahanOption = Annotated[
    str | None, typer.Option("--kelurahan", metavar="NAME", help=text("opt.kelurahan"))
]
AfterOption = Annotated[int, count_option("--after", "opt.after")]
LimitOption = Annotated[int, count_option("--limit", "opt.limit")]
PageOption = Annotated[int | None, count_option("--limit", "opt.page")]
KeyFileOption = Annotated[Path | None, typer.Option("--key-file", metavar="FILE", help=text("opt.key_file"))]
PasswordOption = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help=text("opt.password_file"))
]
