"""`jcli bpjs reconcile --adopt-cards`: card numbers that BPJS knows and the register does not."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session, confirmed
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.bpjs.adoption import Adoption
    from jamsostek_cli.roster.files.opening import Opening


def adopted(
    current: Session, path: Path, place: Output, *, reason: str, opening: "Opening", dry_run: bool
) -> Answer:
    """Take the card numbers over, asked first at a terminal, and return what became of each row."""
    from jamsostek_cli.operations.bpjs import adoption as operation

    db, act = current.database(), current.act()
    done = operation.adopt(db, act, path, reason=reason, opening=opening, dry_run=True)
    news = len(done.those(operation.CardOutcome.ADOPTED))
    if news and not dry_run:
        confirmed(current, text("ask.adopt_cards", count=figures.count(news), file=done.file))
        done = operation.adopt(db, act, path, reason=reason, opening=opening)
    return _said(current, done, place, dry_run=dry_run)


def _said(current: Session, done: "Adoption", place: Output, *, dry_run: bool) -> Answer:
    from jamsostek_cli.operations.bpjs.adoption import CardOutcome

    news, problems = done.those(CardOutcome.ADOPTED), done.those(CardOutcome.PROBLEM)
    of_person = (Column("worker"), Column("nik"), Column("name"), Column("kpj"))
    of_row = (Column("sheet"), Column("row", Kind.COUNT))
    adopted_table = Table.of("adopted_cards", news, (*of_person, *of_row))
    problem_table = Table.of("problems", problems, (*of_person, *of_row, Column("problem")))
    everybody = Table.of(
        "card_rows",
        [*problems, *(row for row in done.rows if row.outcome is not CardOutcome.PROBLEM)],
        (Column("outcome"), *of_person, *of_row, Column("problem")),
    )
    counts = {outcome.value: rows for outcome, rows in done.counts.items()}
    line = "say.cards_adopted" if news else "say.cards_unchanged"
    answer = list_answer(
        current,
        "adopted_cards",
        [everybody],
        place,
        data={
            "dry_run": dry_run,
            "file": done.file,
            "rows": len(done.rows),
            "outcomes": counts,
            "adopted": adopted_table.records(),
            "problems": problem_table.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text(line, count=figures.count(len(news)), file=done.file),
            text(
                "say.cards_rest",
                known=figures.count(counts["known"]),
                without=figures.count(counts["no-number"]),
                problems=figures.count(len(problems)),
            ),
        ],
        shown=[table for table in (adopted_table, problem_table) if table.rows],
        findings=[{"code": code, "rows": rows} for code, rows in counts.items() if rows],
        beside=True,
        review=bool(problems),
    )
    return replace(answer, part="adopted")
