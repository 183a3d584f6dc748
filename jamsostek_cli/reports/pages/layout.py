"""A report laid out on pages: its figures, its charts, its tables as wide as the page, its notes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, language, text
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters.paper import (
    Bar,
    Block,
    Chart,
    FigureLines,
    Paper,
    PartHeading,
    Points,
    RuledTable,
    Title,
    Words,
)
from jamsostek_cli.tables.table import Column, Kind, Report, Table, Value, figure_of
from jamsostek_cli.tables.wording import figure_title, note_text, shown, title

ON_PAPER: Final = 2_000
"""So many rows stand on paper: forty pages; more of them nobody prints."""
_MOST_BARS: Final = 40
UPRIGHT: Final = ((100, 9.0), (114, 8.0))
"""So many letters of a table stand beside each other on a page that is higher than wide, for each size."""
_ACROSS: Final = ((172, 0.0), (205, 7.5))
"""So many stand on a page laid on its side, with its own letters and with small ones."""
_WIDEST: Final = 30
_BETWEEN: Final = 2
_UNBROKEN: Final = 24
_MILLION: Final = 1_000_000
_MANY: Final = 10 * _MILLION
_MONTHS: Final = frozenset({"month"})


def paper(report: Report, letterhead: Letterhead, *, most: int | None = ON_PAPER) -> Paper:
    """Return a report as pages with the office's letterhead; E625 where a table has more rows than `most`."""
    tables = [
        _printed(table) for table in (*report.tables, *([report.names_table()] if report.names else []))
    ]
    longest = max((len(table.rows) for table in tables), default=0)
    if most is not None and longest > most:
        raise JcliError("E625", rows=figures.count(longest), most=figures.count(most))
    across = any(_needed(table) > UPRIGHT[-1][0] for table in tables)
    return Paper(
        title=_heading(report),
        day=report.as_of,
        letterhead=letterhead,
        blocks=tuple(_blocks(report, tables, _ACROSS if across else UPRIGHT)),
        across=across,
        language=language(),
    )


def picture(report: Report, letterhead: Letterhead) -> Paper:
    """Return the charts of a report as one picture that says what it shows; E626 where it has none."""
    charts = [
        replace(chart, title=f"{text(f'table.{table.key}')}: {chart.title}")
        for table in report.tables
        for chart in charts_of(table)
    ]
    if not charts:
        raise JcliError("E626", report=_heading(report))
    sources = tuple(note_text(note, printed=True) for note in report.notes if "source" in note.facts)
    return Paper(
        title=_heading(report),
        day=report.as_of,
        letterhead=letterhead,
        blocks=(
            Title(_heading(report)),
            Words(f"{letterhead.city} · {_as_of(report)}"),
            *charts,
            *([Points(sources, small=True)] if sources else []),
        ),
        headed=False,
        picture=True,
        language=language(),
    )


def _heading(report: Report) -> str:
    return text(f"report.{report.name}", period=figures.period(report.period))


def _as_of(report: Report) -> str:
    return text("report.as_of", day=figures.day(report.as_of.isoformat()))


def _blocks(report: Report, tables: Sequence[Table], sizes: Sequence[tuple[int, float]]) -> Iterator[Block]:
    yield Title(_heading(report))
    yield Words(report.subtitle or _as_of(report))
    if report.figures and not report.subtitle:
        yield FigureLines(tuple((figure_title(f), shown(f.value, f.kind)) for f in report.figures))
    for at, table in enumerate(tables):
        yield from table_blocks(table, sizes, headed=bool(at) or not report.subtitle)
    if report.notes:
        yield PartHeading(text("report.notes"))
        yield Points(tuple(note_text(note, printed=True) for note in report.notes), small=True)


def table_blocks(
    table: Table, sizes: Sequence[tuple[int, float]] = UPRIGHT, *, headed: bool = True
) -> Iterator[Block]:
    """Yield a table below its heading, its charts first; columns that have no room follow in a second one.

    Codes that stand beside their words, and columns in which nobody has anything, are left out. `sizes` are
    how many letters stand in a line of the page, for each size of letters, the largest first.
    """
    table = _printed(table)
    if headed:
        yield PartHeading(text(f"table.{table.key}"))
    if not table.rows:
        yield Words(text("report.empty"))
        return
    yield from charts_of(table)
    room, size = next((one for one in sizes if _needed(table) <= one[0]), sizes[-1])
    for part in _parts(table, room):
        yield _ruled(part, size)


def charts_of(table: Table) -> Iterator[Chart]:
    """Yield the charts that a table asks for; too many rows to be told apart, or no values, have none."""
    if len(table.rows) > _MOST_BARS:
        return
    filled = {column.key for column in _printed(table).columns}
    for keys in filter(None, (table.chart, table.line)):
        if filled.issuperset(keys):
            yield _chart(table, *keys)


def _chart(table: Table, label: str, *values: str) -> Chart:
    at = {column.key: place for place, column in enumerate(table.columns)}
    kind = table.columns[at[values[0]]].kind
    sums = [sum(figure_of(row[at[value]]) for value in values) for row in table.rows]
    millions = kind is Kind.RUPIAH and max(map(abs, sums), default=0) >= _MANY
    names = tuple(title(table.columns[at[value]]) for value in values)
    unit = text("chart.millions" if millions else "chart.rupiah") if kind is Kind.RUPIAH else ""
    over_time = label in _MONTHS
    return Chart(
        title=", ".join(names) + (f" ({unit})" if unit else ""),
        bars=tuple(
            Bar(
                label=figures.short_months(_cell(row[at[label]], table.columns[at[label]])),
                values=tuple(figure_of(row[at[value]]) for value in values),
                said=_said(total, kind, millions=millions),
            )
            for row, total in zip(table.rows, sums, strict=True)
        ),
        names=names,
        upright=over_time,
    )


def _said(total: float, kind: Kind, *, millions: bool) -> str:
    """Return how long a bar is, as it stands beside it; rupiah have their unit in the title of the chart."""
    if millions:
        return figures.decimal(total / _MILLION)
    if kind is Kind.SHARE:
        return figures.share(total)
    return figures.count(int(total)) if total == int(total) else figures.decimal(total)


def _cell(value: Value, column: Column) -> str:
    return shown(value, column.kind) or text("report.blank")


def _texts(table: Table) -> list[tuple[str, ...]]:
    """Return the rows of a table as people read them, the sum last."""
    columns = table.columns
    rows = [
        tuple(
            shown(value, column.kind) or (text("report.blank") if at == 0 else "")
            for at, (value, column) in enumerate(zip(row, columns, strict=True))
        )
        for row in table.rows
    ]
    if table.total is not None:
        last = [shown(value, column.kind) for value, column in zip(table.total, columns, strict=True)]
        rows.append((text("report.total"), *last[1:]))
    return rows


def _widths(table: Table) -> list[int]:
    """Return how many letters the columns of a table need: their longest text, within reason."""
    rows = [tuple(map(title, table.columns)), *_texts(table)]
    return [max(_wide(row[at]) for row in rows) + _BETWEEN for at in range(len(table.columns))]


def _wide(said: str) -> int:
    """Return the letters that a text needs: all of a short one, a part of a long one, its longest word."""
    word = max(map(len, said.split()), default=0)
    return max(min(len(said), max(_WIDEST, len(said) // 3)), min(word, _UNBROKEN))


def _needed(table: Table) -> int:
    return sum(_widths(table))


def _printed(table: Table) -> Table:
    """Return a table without codes for programs and columns that no row fills; the first one stays."""
    columns = enumerate(table.columns)
    return table.only(
        column.key
        for at, column in columns
        if not column.coded and (at == 0 or any(row[at] is not None for row in table.rows))
    )


def _parts(table: Table, room: int) -> Iterator[Table]:
    """Yield a table in parts that fit beside each other, its first column in each of them."""
    widths, keys = _widths(table), [column.key for column in table.columns]
    part, filled = [keys[0]], widths[0]
    for key, width in zip(keys[1:], widths[1:], strict=True):
        if len(part) > 1 and filled + width > room:
            yield table.only(part)
            part, filled = [keys[0]], widths[0]
        part.append(key)
        filled += width
    yield table.only(part)


def _ruled(table: Table, size: float) -> RuledTable:
    return RuledTable(
        headings=tuple(map(title, table.columns)),
        rows=tuple(tuple(map(_breakable, row)) for row in _texts(table)),
        widths=tuple(_widths(table)),
        right=tuple(at for at, column in enumerate(table.columns) if not column.kind.is_text),
        total=table.total is not None,
        size=size,
    )


def _breakable(said: str) -> str:
    """Let a word that is longer than a column go on in the next line.

    >>> _breakable("SITI AMINAH"), len(_breakable("x" * 48))
    ('SITI AMINAH', 49)
    """
    if len(said) <= _UNBROKEN:
        return said
    words = (
        "\u200b".join(word[at : at + _UNBROKEN] for at in range(0, len(word), _UNBROKEN))
        for word in said.split(" ")
    )
    return " ".join(words)
