"""A person's cover drawn month by month: legible without colour, four years to a line of 80 columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import text
from jamsostek_cli.tables.wording import payer_name

if TYPE_CHECKING:
    from jamsostek_cli.operations.cover.ledger import CoverHistory

PAID: Final = "█"
ENROLLED: Final = "░"
ELSEWHERE: Final = "◆"
NOTHING: Final = "·"
_ASKED: Final = "▲"
_DIED: Final = "†"
_YEARS: Final = 4
_LABEL: Final = 24
_INITIALS: Final = "JFMAMJJASOND"

Cell = Callable[[Month], str]


def timeline(history: "CoverHistory") -> list[str]:
    """Return the lines of the drawing: the years, a line for each payer and record, marks, and the legend."""
    rows = [*_ours(history), *_others(history)]
    if not rows:
        return []
    width = max(len(label) for label, _ in rows)
    marks = _marks(history)
    first, last = _reach(history)
    lines: list[str] = []
    for start in range(first, last + 1, _YEARS):
        years = range(start, min(start + _YEARS, last + 1))
        lines += ["", _line("", (f"{year:<12}" for year in years), width)]
        lines.append(_line("", (_INITIALS for _ in years), width))
        lines += [_line(label, (_year(year, cell) for year in years), width) for label, cell in rows]
        below = _line("", (_year(year, lambda month: marks.get(month, " ")) for year in years), width)
        lines += [below] if below.strip() else []
    legend = text("say.cover_legend", paid=PAID, enrolled=ENROLLED, elsewhere=ELSEWHERE, asked=_ASKED)
    dead = [text("say.cover_legend_died", died=_DIED)] if _DIED in marks.values() else []
    return [*lines, "", " · ".join([legend, *dead]), ""]


def _year(year: int, cell: Cell) -> str:
    return "".join(cell(Month(year, month)) for month in range(1, 13))


def _line(label: str, years: Iterable[str], width: int) -> str:
    return f"{label:<{width}}  {' '.join(years)}".rstrip()


def _label(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"


def _ours(history: "CoverHistory") -> list[tuple[str, Cell]]:
    """Return a row for each payer of each record of ours; a refused enrolment never began."""
    groups: dict[tuple[int, str], list[Enrolment]] = {}
    for enrolment in history.enrolments:
        if enrolment.status is not EnrolmentStatus.REFUSED or enrolment.paid:
            groups.setdefault((enrolment.worker_id, enrolment.payer), []).append(enrolment)
    rows = []
    for (record, payer), enrolled in groups.items():
        name = payer_name(payer)
        label = name if record == history.worker.id else f"{number_of(record)} {name}"
        rows.append((_label(label), _month_by_month(enrolled)))
    return rows


def _month_by_month(enrolled: Sequence[Enrolment]) -> Cell:
    def cell(month: Month) -> str:
        if any(month in span for enrolment in enrolled for span in enrolment.paid):
            return PAID
        live = (enrolment for enrolment in enrolled if enrolment.status is not EnrolmentStatus.REFUSED)
        return ENROLLED if any(enrolment.start <= month <= enrolment.end for enrolment in live) else NOTHING

    return cell


def _others(history: "CoverHistory") -> list[tuple[str, Cell]]:
    """Return a row for each other payer whose list names the person."""

    def row(payer: str) -> tuple[str, Cell]:
        spans = [listed.span for listed in history.elsewhere if listed.payer == payer]

        def cell(month: Month) -> str:
            return ELSEWHERE if any(month in span for span in spans) else NOTHING

        return _label(payer_name(payer)), cell

    return [row(payer) for payer in dict.fromkeys(listed.payer for listed in history.elsewhere)]


def _marks(history: "CoverHistory") -> dict[Month, str]:
    """Return what is marked below the months: the day asked for, and the death."""
    marks = {Month.of(history.on): _ASKED}
    if history.worker.died_on is not None:
        marks[Month.of(history.worker.died_on)] = _DIED
    return marks


def _reach(history: "CoverHistory") -> tuple[int, int]:
    """Return the first and the last year with anything in it, the year asked for included."""
    months = [Month.of(history.on)]
    for enrolment in history.enrolments:
        months += [enrolment.start, enrolment.end]
        months += [month for span in enrolment.paid for month in (span.first, span.last)]
    for listed in history.elsewhere:
        months += [listed.span.first, listed.span.last]
    return min(months).year, max(months).year
