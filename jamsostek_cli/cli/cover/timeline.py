"""A person's cover drawn month by month: legible without colour, four years to a line of 80 columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import text
from jamsostek_cli.tables.wording import word

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


def _label(said: str) -> str:
    return said if len(said) <= _LABEL else f"{said[: _LABEL - 1]}…"


def _ours(history: "CoverHistory") -> list[tuple[str, Cell]]:
    """Return a row for each payer of each record of ours; a refused enrolment never began."""
    groups: dict[tuple[int, str], list[Enrolment]] = {}
    for one in history.enrolments:
        if one.status is not EnrolmentStatus.REFUSED or one.paid:
            groups.setdefault((one.worker_id, one.payer), []).append(one)
    rows = []
    for (record, payer), enrolled in groups.items():
        said = word(payer) if record == history.worker.id else f"{number_of(record)} {word(payer)}"
        rows.append((_label(said), _drawn(enrolled)))
    return rows


def _drawn(enrolled: Sequence[Enrolment]) -> Cell:
    def cell(month: Month) -> str:
        if any(month in span for one in enrolled for span in one.paid):
            return PAID
        live = (one for one in enrolled if one.status is not EnrolmentStatus.REFUSED)
        return ENROLLED if any(one.start <= month <= one.end for one in live) else NOTHING

    return cell


def _others(history: "CoverHistory") -> list[tuple[str, Cell]]:
    """Return a row for each other payer whose list names the person."""

    def row(payer: str) -> tuple[str, Cell]:
        spans = [one.span for one in history.elsewhere if one.payer == payer]
        return _label(
            word(payer)
        ), lambda month: ELSEWHERE if any(month in span for span in spans) else NOTHING

    return [row(payer) for payer in dict.fromkeys(one.payer for one in history.elsewhere)]


def _marks(history: "CoverHistory") -> dict[Month, str]:
    """Return what is marked below the months: the day asked for, and the death."""
    marks = {Month.of(history.on): _ASKED}
    if history.worker.died_on is not None:
        marks[Month.of(history.worker.died_on)] = _DIED
    return marks


def _reach(history: "CoverHistory") -> tuple[int, int]:
    """Return the first and the last year with anything in it, the year asked for included."""
    months = [Month.of(history.on)]
    for one in history.enrolments:
        months += [one.start, one.end, *(month for span in one.paid for month in (span.first, span.last))]
    for listed in history.elsewhere:
        months += [listed.span.first, listed.span.last]
    return min(months).year, max(months).year
