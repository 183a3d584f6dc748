"""Web pages saved as `.xls`: the cells of every row element, as far as the page shows them."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.files.guard import Limits, fits
from jamsostek_cli.roster.files.sheet import MergedCells, Sheet, SheetFrame
from jamsostek_cli.roster.files.values import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jamsostek_cli.roster.cells.text import Cell
    from jamsostek_cli.roster.files.sheet import Row

_WIDEST_SPAN: Final = 100
_SPAN_DIGITS: Final = 9
_CELLS: Final = frozenset({"td", "th"})
_PARTS: Final = frozenset({"thead", "tbody", "tfoot"})
_AROUND_CELLS: Final = frozenset({"tr", "table"}) | _PARTS
_ENDED: Final[dict[str, frozenset[str]]] = {
    "table": frozenset(),
    "tr": frozenset({"tr"}),
    **dict.fromkeys(_PARTS, _PARTS | {"tr"}),
}
"""What each of them ends that stands before it, where that has no end of its own."""
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_NEVER_SHOWN: Final = frozenset({"script", "style", "template", "noscript"})
_WITHOUT_END: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"}
)
_UNSEEN: Final = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[\w-]+")
_DEEPEST: Final = 20
"""Tables stand in tables so deep, and no deeper."""


class _Rows(HTMLParser):
    """Collects the cells of every row element, those that span columns or rows in their places.

    What the page does not show inside a cell is no part of its text, and a cell that it does not show takes
    no place; rows that it does not show are told, as hidden rows of Excel are.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.rows: list[list[Cell]] = []
        self.hidden: set[int] = set()
        self.merged: list[MergedCells] = []
        self._limits = limits
        self._cells = 0
        self._cell: list[str] | None = None
        self._across = self._down = 1
        self._held: dict[int, int] = {}
        """The columns that cells from above still take, and for how many rows."""
        self._muted: tuple[str, int] | None = None
        """The element that is not shown, and how deep in others of its name."""
        self._around: list[tuple[str, bool]] = []
        """The elements around the cells, and whether they, or what is around them, are hidden."""
        self._style: list[str] | None = None
        self._classes: set[str] = set()
        self._hides: Memo[str, bool] = Memo(lambda style: _UNSEEN.search(style) is not None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; a line break inside one is a blank."""
        if tag in _CELLS:
            self._begin_cell(tag, attrs)
        elif tag in _AROUND_CELLS:
            self._begin_around(tag, attrs)
        elif self._muted is not None:
            name, depth = self._muted
            if tag == name and tag not in {"p", "li"}:
                self._muted = (name, depth + 1)
            elif tag == name:  # the one before ends here
                self._muted = (name, 1) if self._is_hidden(attrs) else None
        elif tag in _NEVER_SHOWN or (attrs and self._is_hidden(attrs)):
            if tag == "style":
                self._style = []
            if tag not in _WITHOUT_END:
                self._muted = (tag, 1)
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append("\n")

    def _begin_cell(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a cell, unless it is not shown."""
        self._close()
        self._muted = None
        self._across = self._down = 1
        if not attrs:
            self._cell = []
        elif self._is_hidden(attrs):
            self._muted = (tag, 1)
        else:
            about = dict(attrs)
            self._cell = []
            self._across, self._down = _span(about.get("colspan")), _span(about.get("rowspan"))

    def _begin_around(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a table, or a part of one; a table may stand in what is not shown."""
        hides = self._is_hidden(attrs) or (
            tag == "table" and self._cell is None and self._muted is not None and self._muted[0] not in _CELLS
        )
        self._close()
        self._muted = None
        while self._around and self._around[-1][0] in _ENDED[tag]:
            self._around.pop()
        hides = hides or (bool(self._around) and self._around[-1][1])
        if len(self._around) < _DEEPEST:
            self._around.append((tag, hides))
        if tag == "tr":
            self._held = {column: rows - 1 for column, rows in self._held.items() if rows > 1}
            self.rows.append([])
            if hides:
                self.hidden.add(len(self.rows))

    def handle_endtag(self, tag: str) -> None:
        """End a cell; a table ends what its cells span."""
        if self._muted is not None and tag == self._muted[0]:
            self._unmute(*self._muted)
        elif tag in _CELLS or tag in _AROUND_CELLS:
            self._muted = None
            self._close()
        if tag in _AROUND_CELLS:
            places = (at for at, (name, _) in enumerate(self._around) if name == tag)
            del self._around[max(places, default=_DEEPEST) :]
        if tag == "table":
            self._held = {}

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._style is not None:
            self._style.append(data)
        elif self._cell is not None and self._muted is None:
            self._cell.append(data)

    def _unmute(self, tag: str, depth: int) -> None:
        """End an element that is not shown."""
        self._muted = (tag, depth - 1) if depth > 1 else None
        if self._style is not None:
            self._classes |= _hidden_classes("".join(self._style))
            self._style = None

    def _is_hidden(self, attrs: list[tuple[str, str | None]]) -> bool:
        """Tell whether an element is not shown."""
        return any(
            name == "hidden"
            or (name == "style" and value is not None and self._hides[value])
            or (name == "class" and value is not None and not self._classes.isdisjoint(value.split()))
            for name, value in attrs
        )

    def _close(self) -> None:
        """Put a finished cell into the first place that no cell from above takes."""
        if self._cell is not None and self.rows:
            row = self.rows[-1]
            while len(row) in self._held:
                row.append("")
            if self._down > 1:
                first = len(self.rows)
                self.merged.append(MergedCells(len(row), first, first + self._down - 1))
                taken = range(len(row), len(row) + self._across)
                self._held.update(dict.fromkeys(taken, self._down))
            row += [seen("".join(self._cell)).strip(), *[""] * (self._across - 1)]
            self._cells += self._across
            fits(self._cells, self._limits)
        self._cell = None


def _span(value: str | None) -> int:
    """Return over how many columns or rows a cell reaches."""
    if not value or not value.isascii() or not value.isdigit():
        return 1
    return max(1, min(int(value[:_SPAN_DIGITS]), _WIDEST_SPAN))


def _hidden_classes(style: str) -> set[str]:
    """Return the classes that a page's own rules do not show; rules for paper and other media do not count.

    >>> sorted(_hidden_classes("td span.urut, .kunci {display:none} @media print { .menu {display:none} }"))
    ['kunci', 'urut']
    """
    first, *rest = style.split("/*")
    found: set[str] = set()
    depth = 0
    for rule in "".join([first, *(part.partition("*/")[2] for part in rest)]).split("}"):
        selectors, *body = rule.split("{")
        depth += len(body)
        if depth == len(body) == 1 and _UNSEEN.search(body[0]):
            for selector in selectors.split(","):
                _, dot, name = selector.strip().rpartition(".")
                if dot and _NAME.fullmatch(name):
                    found.add(name)
        depth = max(0, depth - 1)
    return found


def html(text: str, limits: Limits) -> Sheet:
    """Return the row elements of a page as a sheet."""
    parser = _Rows(limits)
    parser.feed(text)
    parser.close()
    rows: Iterator[Row] = (
        (number, number in parser.hidden, cells) for number, cells in enumerate(parser.rows, 1) if any(cells)
    )
    return Sheet("html", rows, layout=SheetFrame(merged=tuple(parser.merged), row_count=len(parser.rows)))
