"""`jcli review`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, OutputOption
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, complain, show, tell
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.likeness import likeness
from jamsostek_cli.domain.nik import masked_beside_birth
from jamsostek_cli.domain.worker import concealed
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table, Value
from jamsostek_cli.tables.wording import shown, title, word

if TYPE_CHECKING:
    from jamsostek_cli.operations.review.queue import Decided, Item, Side

_KEYS: Final = {"s": "same", "b": "different", "d": "different", "t": "later", "l": "later"}
_QUIT: Final = frozenset({"k", "q", "keluar", "quit"})


def review(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Argument(metavar="BATCH", help=text("opt.review_batch"))] = None,
    decide: Annotated[
        Path | None, typer.Option("--decide", metavar="FILE.csv", help=text("opt.decide"))
    ] = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Walk the queue of doubtful rows and of pairs that may be one person."""
    from jamsostek_cli.operations.review import decision_file
    from jamsostek_cli.operations.review import queue as operation

    current = session(ctx)
    database = current.database()
    if decide is not None:
        decided = operation.decide(database, current.act(), decision_file.read(decide))
        _say_decided(current, decided)
        return
    items = operation.queue(database, batch)
    place = Output.of(current, output, force=force, machine=machine)
    if items and not place.files and _at_the_keyboard(current):
        _walk(current, items)
        items = operation.queue(database, batch)
    _say_queue(current, items, place)


def _at_the_keyboard(current: Session) -> bool:
    asking = not (current.json or current.quiet or current.no_input)
    return asking and sys.stdin.isatty() and sys.stdout.isatty()


def _walk(current: Session, items: "Sequence[Item]") -> None:
    """Show one item after the other and do at once what is answered; what is done stays done."""
    from jamsostek_cli.operations.review import queue as operation

    for number, item in enumerate(items, 1):
        _draw(current, item, text("say.review_item", number=number, count=len(items), item=item.key))
        answer = _asked(sys.stdin.readline)
        if answer is None:
            return
        decision = operation.Decision(answer)
        if decision is not operation.Decision.LATER:
            ruling = operation.Ruling(item.key, decision)
            try:
                decided = operation.decide(current.database(), current.act(), [ruling])
            except JcliError as error:
                complain(error)
                continue
            tell(_outcomes(decided))


def _asked(line: Callable[[], str]) -> str | None:
    """Ask until the answer is one; None to leave, also at the end of the input."""
    while True:
        sys.stderr.write(f"{text('ask.review')} ")
        sys.stderr.flush()
        typed = line()
        answer = typed.strip().casefold()
        if not typed or answer in _QUIT:
            return None
        if answer and answer[0] in _KEYS:
            return _KEYS[answer[0]]


_SIDE: Final = (
    Column("worker", of=lambda side: side.number),
    Column("nik", of=lambda side: masked_beside_birth(side.nik)),
    Column("name", of=lambda side: side.facts.name),
    Column("birth_date", Kind.DATE, of=lambda side: side.facts.birth_date),
    Column("sex", of=lambda side: side.facts.sex),
    Column("mother_name", of=lambda side: side.facts.mother_name),
    Column("family_card", of=lambda side: concealed("family_card", side.facts.family_card)),
    Column("phone", of=lambda side: concealed("phone", side.facts.phone)),
    Column("kelurahan"),
    Column("rt_rw", of=lambda side: "/".join(filter(None, (side.facts.rt, side.facts.rw)))),
    Column("source"),
)
"""What is compared of two who may be one, numbers masked."""


def _draw(current: Session, item: "Item", heading: str) -> None:
    values = [(fact, _value(fact, item.one), _value(fact, item.other)) for fact in _SIDE]
    table = Table.of(
        "review_item",
        [row for row in values if row[1] or row[2]],
        (
            Column("field", of=lambda row: title(row[0])),
            Column("one", of=lambda row: row[1]),
            Column("other", of=lambda row: row[2]),
        ),
    )
    lines = [heading, text("say.review_why", reasons=_reasons(item.reasons), score=item.score or "-")]
    show(current, Answer(data={}, lines=lines, tables=[table]))


def _value(fact: Column, side: "Side | None") -> str:
    return "" if side is None else shown(fact.value(side), fact.kind)


def _record(side: "Side | None") -> dict[str, Value] | None:
    return None if side is None else {fact.key: fact.value(side) for fact in _SIDE}


def _reasons(codes: Sequence[str]) -> str:
    from jamsostek_cli.roster.findings import FINDINGS

    if any(code in FINDINGS for code in codes):
        return ", ".join(FINDINGS[code].title() for code in codes)
    return likeness(codes)


def _say_queue(current: Session, items: "Sequence[Item]", place: Output) -> None:
    table = Table.of(
        "review",
        items,
        (
            Column("item", of=lambda item: item.key),
            Column("score", Kind.COUNT),
            Column("name", of=lambda item: item.one.facts.name),
            Column("other_name", of=lambda item: item.other and item.other.facts.name),
            Column("worker", of=lambda item: item.one.number),
            Column("other_worker", of=lambda item: item.other and item.other.number),
            Column("reasons", of=lambda item: Coded(",".join(item.reasons), _reasons(item.reasons))),
        ),
    )
    data = [
        {
            "item": item.key,
            "kind": item.kind,
            "batch": item.batch,
            "score": item.score,
            "reasons": list(item.reasons),
            "one": _record(item.one),
            "other": _record(item.other),
        }
        for item in items
    ]
    hints = [text("next.label", step=text("next.decide"))] if items else []
    lines = [] if items else [text("say.review_empty")]
    answer = list_answer(
        current,
        "review",
        [table],
        place,
        data=data,
        lines=lines,
        shown=[table] if items else [],
        hints=hints,
        review=bool(items),
    )
    show(current, answer)


def _say_decided(current: Session, decided: "Decided") -> None:
    data = {
        "decisions": decided.decisions,
        "outcomes": decided.outcomes,
        "waiting": decided.waiting,
    }
    show(
        current,
        Answer(part="decided", data=data, lines=[_outcomes(decided)], review=bool(decided.waiting)),
    )


def _outcomes(decided: "Decided") -> str:
    became = ", ".join(f"{word(outcome)} {count}" for outcome, count in decided.outcomes.items())
    return text("say.review_decided", outcomes=became, waiting=decided.waiting)
