"""The month on paper: one page to be signed, and what is attached to it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from jamsostek_cli.messages import figures, language, text
from jamsostek_cli.reports.desk import sentences
from jamsostek_cli.reports.desk.month import DeskMonth
from jamsostek_cli.reports.letters.paper import (
    DOTS,
    Block,
    Card,
    Cards,
    Chart,
    FactLines,
    FigureLines,
    NewPage,
    Paper,
    PartHeading,
    Points,
    RuledTable,
    Signatures,
    Signer,
    Title,
    Words,
    titled,
)
from jamsostek_cli.reports.pages import layout
from jamsostek_cli.tables.table import Table
from jamsostek_cli.tables.wording import figure_title, note_text, shown

_LONGEST: Final = 3
"""So many of the families that wait longest stand on the page."""
_ANNEXES: Final = (
    ("desk.annex_people", ("by_kelurahan",)),
    ("desk.annex_iuran", ("trend", "bills")),
    (
        "desk.annex_claims",
        (
            "claims_by_state",
            "claims_paid_by",
            "claims_by_wait",
            "claims_waiting",
            "families_owed",
            "claims_rejected",
        ),
    ),
    ("desk.annex_restated", ("restatements",)),
)
_SIZES: Final = {"restatements": ((1_000, 8.0),)}
"""Tables whose sentences go on in the next line of their cell, however wide they are."""
_SOURCES: Final = {"coverage_target": "desk.source_target", "coverage_workers": "desk.source_workers"}
_NARROW: Final = {
    "claims_waiting": ("number", "name", "reported_on", "amount", "owed", "days_waiting"),
    "families_owed": ("worker", "name", "died_on", "days_since_death", "least", "most"),
    "restatements": ("month", "who", "changes", "detail", "action", "recorded_on"),
    "bills": ("payer", "state", "heads", "payable", "proof", "paid_on"),
}
"""The columns of wide tables that people need on paper; the workbook has them all."""


def whole(desk: DeskMonth) -> Paper:
    """Return the page and what is attached to it."""
    return _paper(desk, (*_page(desk), *_attached(desk)))


def alone(desk: DeskMonth) -> Paper:
    """Return the page alone, which names nobody."""
    return replace(_paper(desk, tuple(_page(desk))), picture=True)


def _paper(desk: DeskMonth, blocks: tuple[Block, ...]) -> Paper:
    return Paper(
        title=text("report.monthly", period=figures.period(str(desk.month))),
        day=desk.as_of,
        letterhead=desk.letterhead,
        blocks=blocks,
        language=language(),
    )


def _page(desk: DeskMonth) -> Iterator[Block]:
    day = figures.day(desk.as_of.isoformat())
    yield FactLines(
        (
            (text("desk.number"), desk.number or DOTS),
            (text("desk.about"), text("desk.subject", month=desk.month, day=day)),
            (text("desk.to"), desk.letterhead.addressee or DOTS),
        )
    )
    yield Cards((_protected(desk), _iuran(desk), _claims(desk)))
    yield from titled(
        text("desk.changed"), Points((*sentences.changes(desk), *sentences.restated(desk))), *_trend(desk)
    )
    yield from titled(text("desk.longest"), _longest(desk))
    decisions = tuple(sentences.decisions(desk))
    yield from titled(text("desk.decide"), Points(decisions) if decisions else Words(text("desk.nothing")))
    yield from titled(text("desk.money"), Points(tuple(sentences.money(desk))))
    yield Points((text("desk.counted"), *_sources(desk)), small=True)
    yield _signed(desk)


def _sources(desk: DeskMonth) -> Iterator[str]:
    """Yield where the denominators come from that the page speaks of."""
    for note in desk.report.notes:
        if note.key in _SOURCES:
            on = figures.day(str(note.facts["on"]))
            yield text(_SOURCES[note.key], source=note.facts["source"], on=on)


def _trend(desk: DeskMonth) -> Iterator[Chart]:
    """Yield the months up to this one, where more than one is paid."""
    (table,) = (table for table in desk.report.tables if table.key == "trend")
    if len(table.rows) > 1:
        for chart in layout.charts_of(table):
            yield replace(chart, title=text("desk.trend"))


def _protected(desk: DeskMonth) -> Card:
    coverage, ucj = desk.share("coverage"), desk.share("ucj")
    beside = [text("desk.no_target")]
    if coverage is not None:
        target = figures.count(desk.count("target"))
        beside = [text("desk.of_target", share=figures.share(coverage), target=target)]
    if ucj is not None:
        beside.append(
            text("desk.ucj", share=figures.share(ucj), workers=figures.count(desk.count("workers")))
        )
    before = figures.day(desk.opened_on.isoformat())
    beside.append(text("desk.then", month=before, value=figures.count(desk.count("opening"))))
    return Card(
        title=text("desk.card_protected", day=figures.day(desk.as_of.isoformat())),
        value=text("desk.people", people=figures.count(desk.count("protected"))),
        beside=tuple(beside),
    )


def _iuran(desk: DeskMonth) -> Card:
    now, then = desk.money, desk.money_before
    beside = [text("desk.no_bill")]
    if now.amount:
        beside = [
            text("desk.for_heads", heads=figures.count(now.heads)),
            text("desk.of_bill", amount=figures.rupiah(now.amount)),
        ]
    beside.append(text("desk.then", month=figures.period(str(then.month)), value=figures.rupiah(then.paid)))
    return Card(
        title=text("desk.card_iuran", month=desk.month), value=figures.rupiah(now.paid), beside=tuple(beside)
    )


def _claims(desk: DeskMonth) -> Card:
    late = sum(one.days > sentences.LONG for one in desk.waiting)
    before = text("desk.claims_count", claims=figures.count(desk.claims_before))
    return Card(
        title=text("desk.card_claims", month=desk.month),
        value=figures.rupiah(desk.count("amount_paid")),
        beside=(
            text("desk.claims_count", claims=figures.count(desk.count("claims_paid"))),
            text("desk.then", month=figures.period(str(desk.month.plus(-1))), value=before),
            text(
                "desk.waiting",
                families=figures.count(desk.count("claims_open")),
                late=figures.count(late),
                days=figures.count(sentences.LONG),
            ),
        ),
    )


def _longest(desk: DeskMonth) -> Block:
    waiting = desk.waiting[:_LONGEST]
    if not waiting:
        return Words(text("desk.nobody_waits"))
    return RuledTable(
        headings=tuple(
            text(f"col.{key}") for key in ("number", "about_whom", "reported_on", "days_waiting", "amount")
        ),
        rows=tuple(
            (
                one.number,
                one.initials,
                figures.day(one.reported_on.isoformat()),
                figures.count(one.days),
                text("desk.unpriced") if one.amount is None else figures.rupiah(one.amount),
            )
            for one in waiting
        ),
        widths=(18, 26, 24, 16, 18),
        right=(2, 3, 4),
        size=9,
    )


def _signed(desk: DeskMonth) -> Signatures:
    """Return room to sign, for the pen where the office has not said who does."""
    head = desk.letterhead
    above = (f"{head.place}, {DOTS}", head.signer_title or head.office or DOTS)
    return Signatures((Signer(above, head.signer or DOTS, head.nip),))


def _attached(desk: DeskMonth) -> Iterator[Block]:
    tables = {table.key: table for table in desk.report.tables}
    annexes = [(heading, keys) for heading, keys in _ANNEXES if tables.keys() & set(keys)]
    for at, (heading, keys) in enumerate(annexes, 1):
        yield NewPage()
        yield Title(text(heading, number=at))
        for key in keys:
            if key in tables:
                yield from layout.table_blocks(_narrow(tables[key]), _SIZES.get(key, layout.UPRIGHT))
    yield NewPage()
    yield Title(text("desk.annex_notes", number=len(annexes) + 1))
    figures_shown = ((figure_title(f), shown(f.value, f.kind)) for f in desk.report.figures)
    yield FigureLines(tuple(figures_shown))
    yield PartHeading(text("report.notes"))
    yield Points(tuple(note_text(note, printed=True) for note in desk.report.notes), small=True)


def _narrow(table: Table) -> Table:
    return table.only(_NARROW[table.key]) if table.key in _NARROW else table


def lines(desk: DeskMonth) -> list[str]:
    """Return the month in five lines for a message, which name nobody."""
    head = text("desk.message", month=desk.month, city=desk.letterhead.city)
    decisions = sentences.decisions(desk, 1) or [text("desk.nothing")]
    decide = text("desk.message_decide", what=" ".join(decisions))
    coverage = desk.share("coverage")
    changed = list(sentences.changes(desk))
    if coverage is not None:
        target = figures.count(desk.count("target"))
        share = text("desk.of_target", share=figures.share(coverage), target=target)
        changed[0] = f"{changed[0]} {share}."
    return [head, *changed, decide]
