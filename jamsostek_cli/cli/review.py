"""`jcli review`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.screen import Answer, complain, show, tell
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Column, Kind, Table, Value

if TYPE_CHECKING:
    from jamsostek_cli.operations.review.queue import Decided, Item, Side

_FIELDS: Final = (
    "worker", "nik", "name", "birth_date", "sex", "mother_name", "family_card", "phone", "kelurahan", "rt_rw",
    "source",
)  # fmt: skip
_KEYS: Final = {"s": "same", "b": "different", "d": "different", "t": "later", "l": "later"}
_QUIT: Final = frozenset({"k", "q", "keluar", "quit"})
_AGAINST: Final = frozenset({"kelurahan_differs", "sex_differs", "mother_differs", "birth_date_differs"})


def review(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Argument(metavar="B-2025-031", help=text("opt.review_batch"))] = None,
    decide: Annotated[
        Path | None, typer.Option("--decide", metavar="FILE.csv", help=text("opt.decide"))
    ] = None,
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
    if items and _at_the_keyboard(current):
        _walk(current, items)
        items = operation.queue(database, batch)
    _say_queue(current, items)


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
        said = line()
        word = said.strip().casefold()
        if not said or word in _QUIT:
            return None
        if word and word[0] in _KEYS:
            return _KEYS[word[0]]


def _draw(current: Session, item: "Item", heading: str) -> None:
    one, other = _shown(item.one), _shown(item.other)
    table = Table(
        key="review_item",
        columns=(Column("field"), Column("one"), Column("other")),
        rows=[(text(f"col.{key}"), one[key], other[key]) for key in _FIELDS if one[key] or other[key]],
    )
    lines = [heading, text("say.review_why", reasons=_reasons(item.reasons), score=item.score or "-")]
    show(current, Answer(data={}, lines=lines, tables=[table]))


def _shown(side: "Side | None") -> dict[str, Value]:
    """Return one of the two as a person sees it: numbers masked."""
    if side is None:
        return dict.fromkeys(_FIELDS)
    facts = side.facts
    return {
        "worker": side.number,
        "nik": masked(side.nik),
        "name": facts.name,
        "birth_date": facts.birth_date,
        "sex": facts.sex,
        "mother_name": facts.mother_name,
        "family_card": masked(facts.family_card) if facts.family_card else None,
        "phone": f"•••{facts.phone[-4:]}" if facts.phone else None,
        "kelurahan": side.kelurahan,
        "rt_rw": "/".join(part for part in (facts.rt, facts.rw) if part),
        "source": side.source,
    }


def _reasons(codes: Sequence[str]) -> str:
    from jamsostek_cli.roster.findings import FINDINGS

    if any(code in FINDINGS for code in codes):
        return ", ".join(FINDINGS[code].title() for code in codes)
    return ", ".join(("− " if code in _AGAINST else "+ ") + text(f"like.{code}") for code in codes)


def _say_queue(current: Session, items: "Sequence[Item]") -> None:
    table = Table(
        key="review",
        columns=(
            Column("item"),
            Column("score", Kind.COUNT),
            Column("name"),
            Column("other_name"),
            Column("worker"),
            Column("other_worker"),
            Column("reasons"),
        ),
        rows=[
            (
                item.key,
                item.score,
                item.one.facts.name,
                item.other.facts.name if item.other else None,
                item.one.number,
                item.other.number if item.other else None,
                ",".join(item.reasons),
            )
            for item in items
        ],
    )
    data = [
        {
            "item": item.key,
            "kind": item.kind,
            "batch": item.batch,
            "score": item.score,
            "reasons": list(item.reasons),
            "one": _shown(item.one),
            "other": _shown(item.other) if item.other else None,
        }
        for item in items
    ]
    hints = [text("next.label", step=text("next.decide"))] if items else []
    lines = [] if items else [text("say.review_empty")]
    show(
        current,
        Answer(
            data=data,
            lines=lines,
            tables=[table] if items else [],
            hints=hints,
            review=bool(items),
        ),
    )


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
    from jamsostek_cli.tables.wording import word

    became = ", ".join(f"{word(outcome)} {count}" for outcome, count in decided.outcomes.items())
    return text("say.review_decided", outcomes=became, waiting=decided.waiting)
