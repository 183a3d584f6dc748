"""`jcli workforce set FILE`: a statistics office's table, shown before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.cli.frame.plain_text import pasted
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table, Value
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.office.workforce_lines import TableTaken, Wanted


class _Row(NamedTuple):
    """A line as it is shown, read or not."""

    sheet: str
    row: int
    name: str | None = None
    area: str | None = None
    year: int | None = None
    segment: Value = None
    workers: int | None = None
    before: int | None = None
    protected_elsewhere: int | None = None
    state: Value = None
    value: str | None = None
    problem: Coded | None = None


_FIGURES: Final = (
    Column("name", heading="col.area"),
    Column("area", coded=True, heading="col.code"),
    Column("year"),
    Column("segment"),
    Column("workers", Kind.COUNT),
    Column("before", Kind.COUNT),
    Column("protected_elsewhere", Kind.COUNT),
    Column("state"),
)
_PLACE: Final = (Column("sheet"), Column("row", Kind.COUNT))
_WHY: Final = (Column("value"), Column("problem"))


def put(current: Session, path: Path, wanted: "Wanted", place: Output, *, dry_run: bool) -> None:
    """Set what a table states; at a terminal it is shown first, and a question asked."""
    from jamsostek_cli.operations.office import workforce_table as operation

    database, act = current.database(), current.act()
    asked = is_asked(current) and not dry_run
    if asked:
        tried = operation.put(database, act, path, wanted, dry_run=True)
        if tried.changes and not tried.unread:
            if not (current.json or current.quiet):
                show(current, Answer(data={}, lines=_sentences(tried), tables=[_read(tried)]))
            confirmed(current, text("ask.workforce", file=tried.file, **_counts(tried)))
    taken = operation.put(database, act, path, wanted, dry_run=dry_run)
    show(current, _answer(current, taken, place, dry_run=dry_run, seen=asked and taken.stored))


def _rows(taken: "TableTaken") -> list[_Row]:
    return [
        _Row(
            sheet=one.sheet,
            row=one.row,
            name=one.name,
            area=one.figure.area,
            year=one.figure.year,
            segment=one.figure.segment,
            workers=one.figure.workers,
            before=one.before and one.before.workers,
            protected_elsewhere=one.figure.protected_elsewhere,
            state=one.state,
        )
        for one in taken.figures
    ]


def _unread(taken: "TableTaken") -> list[_Row]:
    return [
        _Row(
            sheet=one.sheet,
            row=one.row,
            value=one.value,
            problem=Coded(one.error.code, f"{one.error.code}: {sentence(one.error)} ({hint(one.error)})"),
        )
        for one in taken.unread
    ]


def _read(taken: "TableTaken") -> Table:
    lead = ("name", "year", "segment", "workers", "state")
    return Table.of("workforce_figures", _rows(taken), (*_FIGURES, *_PLACE), lead=lead)


def _counts(taken: "TableTaken") -> dict[str, str]:
    from jamsostek_cli.operations.office.workforce_lines import FigureState

    return {state.value: figures.count(taken.count(state)) for state in FigureState}


def _sentences(taken: "TableTaken") -> list[str]:
    """Say what was read, from where, and what the lines of sums say otherwise."""
    others = ", ".join(sorted({f"{year} {word(segment)}" for year, segment in taken.others}))
    left_out = figures.count(taken.others.total())
    return [
        text("say.workforce_read", file=taken.file, **_counts(taken)),
        text("say.workforce_source", source=taken.source),
        *([text("say.workforce_others", count=left_out, years=others)] if others else []),
        *(
            text(
                "say.workforce_sum",
                sheet=wrong.sheet,
                row=wrong.row,
                stated=figures.count(wrong.stated),
                reckoned=figures.count(wrong.reckoned),
            )
            for wrong in taken.sums
        ),
    ]


def _answer(current: Session, taken: "TableTaken", place: Output, *, dry_run: bool, seen: bool) -> Answer:
    read = _read(taken)
    unread = Table.of("workforce_unread", _unread(taken), (*_PLACE, *_WHY), lead=("row", "value", "problem"))
    rows = sorted([*_rows(taken), *_unread(taken)], key=lambda row: row.problem is None)
    whole = Table.of("workforce_lines", rows, (*_PLACE, *_FIGURES, *_WHY))
    same = text("say.workforce_same", file=taken.file)
    answer = list_answer(
        current,
        "workforce_lines",
        [whole],
        place,
        data={
            "dry_run": dry_run,
            "file": taken.file,
            "source": taken.source,
            "stored": taken.stored,
            "figures": read.records(),
            "unread": unread.records(),
            "sums": [
                {"sheet": one.sheet, "row": one.row, "stated": one.stated, "reckoned": one.reckoned}
                for one in taken.sums
            ],
            "others": taken.others.total(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            *([same] if not (taken.changes or taken.unread) else [] if seen else _sentences(taken)),
            *(
                [text("say.workforce_unread", count=figures.count(len(taken.unread)))]
                if taken.unread
                else [text("say.workforce_stored", count=figures.count(len(taken.changes)))]
                if taken.stored
                else []
            ),
        ],
        shown=[
            *([read] if taken.changes and not seen else []),
            *([unread] if taken.unread else []),
        ],
        hints=[text("next.label", step=step) for step in _steps(taken, dry_run=dry_run)],
        review=bool(taken.unread),
        beside=True,
    )
    return replace(answer, part="file")


def _steps(taken: "TableTaken", *, dry_run: bool) -> Sequence[str]:
    """Return what to do next."""
    if taken.unread:
        return [text("next.workforce_mend")]
    if dry_run and taken.changes:
        return [text("next.workforce_dry")]
    steps = []
    for one in taken.missing:
        said: Mapping[str, object] = {"year": one.year, "area": one.area, "segment": one.segment.value}
        workers = figures.count(one.workers)
        source = pasted(one.source)
        steps.append(text("next.workforce_whole", **said, workers=workers, source=source))
    year = max(one.figure.year for one in taken.figures)
    return [*steps, text("next.workforce_report", year=year)]
