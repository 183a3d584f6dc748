"""A paper as a Word document (`.docx`), for offices that write on."""

import datetime
import io
import re
import zipfile
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.reports.letters import word_marks as marks
from jamsostek_cli.reports.letters.paper import (
    BOX,
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
    Steps,
    Ticks,
    Title,
    Words,
)
from jamsostek_cli.tables.workbook import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_TICKED: Final = "☒"
_THUMBNAIL: Final = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
"""What points to the picture of the library's own template."""
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The day a zipped part may have at the earliest: each part of equal papers has the same."""
_PICTURE: Final = 6_120_000
"""A chart is at most 17 cm wide, in the unit of the library."""
_LOCALES: Final = {"id": "id-ID", "en": "en-GB"}
_Rows = FactLines | FigureLines | Steps | Points | Ticks | RuledTable | Cards | Signatures
_LABEL: Final = 30
"""So many hundredths of the width have the labels of facts."""


def write(paper: Paper, path: Path) -> None:
    """Write a paper; equal papers give equal bytes."""
    from docx import Document  # noqa: PLC0415 - loads only when a Word document is written
    from docx.shared import Cm, Pt  # noqa: PLC0415 - as above

    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = printable(paper.letterhead.sender)
    properties.title, properties.comments = printable(paper.title), ""
    properties.language = _LOCALES[paper.language]
    properties.created = properties.modified = datetime.datetime.combine(paper.day, datetime.time())
    section = document.sections[0]
    sides = (Cm(29.7), Cm(21)) if paper.across else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = sides
    margin = Cm(1.2) if paper.across else Cm(2.2)
    section.left_margin = section.right_margin = margin
    section.top_margin = section.bottom_margin = Cm(1.3 if paper.across else 1.4)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(9 if paper.across else 10.5)
    normal.paragraph_format.space_after = Pt(4)
    foot = section.footer.paragraphs[0].add_run(" · ".join(filter(None, (paper.foot, paper.mark))))
    foot.font.size = Pt(8)
    _Writer(document, (section.page_width - 2 * margin) or 1, paper).write()
    made = io.BytesIO()
    document.save(made)
    _store(made, path)


def _store(made: io.BytesIO, path: Path) -> None:
    """Write the parts of a document without the moment at which they were zipped."""
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            if part.filename != "docProps/thumbnail.jpeg":
                content = _content(parts, part.filename)
                kept.writestr(zipfile.ZipInfo(part.filename, _EARLIEST), content, zipfile.ZIP_DEFLATED)


def _content(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return a part; the list of relations without the picture of the library's own template."""
    content = parts.read(name)
    return _THUMBNAIL.sub(b"", content) if name == "_rels/.rels" else content


class _Writer:
    """Writes the blocks of a paper, on a page with columns that are `width` wide together."""

    def __init__(self, document: "Document", width: int, paper: Paper) -> None:
        self._document, self._width, self._paper = document, width, paper

    def write(self) -> None:
        """Write everything."""
        paper = self._paper
        if paper.headed:
            self._letterhead(paper)
        for block, following in zip_longest(paper.blocks, paper.blocks[1:]):
            self._block(block)
            if isinstance(following, Signatures):
                self._keep_with_next(block)

    def _keep_with_next(self, block: Block) -> None:
        """Keep a block on the page of the signatures below it, which say nothing alone."""
        paragraphs = [self._document.paragraphs[-1]]
        if isinstance(block, Ticks | FactLines | Steps):
            cells = self._document.tables[-1]._cells  # noqa: SLF001 - by row and column it takes far longer
            paragraphs += [paragraph for cell in cells for paragraph in cell.paragraphs]
        for paragraph in paragraphs:
            paragraph.paragraph_format.keep_with_next = True

    def _letterhead(self, paper: Paper) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
        from docx.shared import Pt  # noqa: PLC0415 - as above

        lines = (
            (paper.government, 12, False),
            (paper.letterhead.office.upper(), 14, True),
            (paper.reached, 9, False),
        )
        said = [line for line in lines if line[0]]
        for at, (line, size, bold) in enumerate(said, 1):
            paragraph = self._document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(8 if at == len(said) else 0)
            run = paragraph.add_run(printable(line))
            run.font.size, run.bold = Pt(size), bold
            if at == len(said):
                marks.underline(paragraph)

    def _block(self, block: Block) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
        from docx.shared import Pt  # noqa: PLC0415 - as above

        match block:
            case Words(said):
                self._document.add_paragraph(printable(said))
            case Title(said):
                paragraph = self._document.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                run = paragraph.add_run(printable(said))
                run.bold, run.font.size = True, Pt(13)
            case PartHeading(said):
                paragraph = self._document.add_paragraph()
                paragraph.paragraph_format.keep_with_next = True
                paragraph.add_run(printable(said)).bold = True
            case NewPage():
                self._document.add_page_break()  # type: ignore[no-untyped-call]
            case Chart():
                self._picture(block)
            case _:
                self._rows(block)

    def _rows(self, block: _Rows) -> None:
        """Write what stands in rows."""
        match block:
            case FactLines(rows):
                shares = [_LABEL, 2, 98 - _LABEL]
                self._bare([(label, ":", value) for label, value in rows], shares)
            case FigureLines(rows):
                self._bare(list(rows), [75, 25], right=1)
            case Cards(cards):
                self._cards(cards)
            case Points():
                self._points(block)
            case Steps(said):
                self._bare([(f"{at}.", step) for at, step in enumerate(said, 1)], [5, 95])
            case Ticks():
                self._ticks(block)
            case RuledTable():
                self._grid(block)
            case _:
                self._signatures(block.signers)

    def _ticks(self, ticks: Ticks) -> None:
        cells = [cell for ticked, said in ticks.rows for cell in (_TICKED if ticked else BOX, said)]
        shares = [5, 45, 5, 45] if ticks.beside else [5, 95]
        cells += [""] * (-len(cells) % len(shares))
        self._bare([tuple(cells[at : at + len(shares)]) for at in range(0, len(cells), len(shares))], shares)

    def _bare(self, rows: list[tuple[str, ...]], shares: list[int], right: int | None = None) -> None:
        """Write rows below each other without lines around them, a column of figures to the `right`."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above

        _, cells = self._table(len(rows), shares)
        for at, said in enumerate(rows):
            for column, (cell, text) in enumerate(zip(cells[at], said, strict=True)):
                paragraph = _put(cell, text, bold=column == right)
                if column == right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._gap()

    def _picture(self, chart: Chart) -> None:
        """Show a chart as it is drawn for a PDF."""
        from jamsostek_cli.reports.letters import pdf  # noqa: PLC0415 - it draws only where there is a chart

        drawn = io.BytesIO(pdf.png_of(chart, self._paper))
        self._document.add_picture(drawn, width=min(self._width, _PICTURE))
        marks.describe(self._document, chart.title)

    def _cards(self, cards: tuple[Card, ...]) -> None:
        """Write figures side by side, each in a cell of its own."""
        from docx.shared import Pt  # noqa: PLC0415 - as above

        table, cells = self._table(1, [1] * len(cards))
        table.style = "Table Grid"
        marks.whole(table.rows[0])
        for cell, card in zip(cells[0], cards, strict=True):
            _put(cell, card.title, bold=True)
            value = cell.add_paragraph().add_run(printable(card.value))
            value.bold, value.font.size = True, Pt(18)
            for said in card.beside:
                run = cell.add_paragraph(printable(said)).runs[0]
                run.font.size = Pt(9)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = 0
        self._gap()

    def _points(self, points: Points) -> None:
        """Write sentences behind dots."""
        from docx.shared import Pt  # noqa: PLC0415 - as above

        for said in points.said:
            paragraph = self._document.add_paragraph(printable(said), style="List Bullet")
            if points.small:
                paragraph.runs[0].font.size = Pt(8.5)

    def _grid(self, grid: RuledTable) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above

        table, cells = self._table(len(grid.rows) + 1, list(grid.widths))
        table.style = "Table Grid"
        for cell, heading in zip(cells[0], grid.headings, strict=True):
            _put(cell, heading, bold=True, size=grid.size)
        for at, row in enumerate(table.rows):
            marks.whole(row, repeated=at == 0)
        for at, said in enumerate(grid.rows, 1):
            for column, text in enumerate(said):
                total = grid.total and at == len(grid.rows)
                paragraph = _put(cells[at][column], text, bold=total, size=grid.size)
                if column in grid.right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._gap()

    def _signatures(self, signers: tuple[Signer, ...]) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above

        offset = 1 if len(signers) == 1 else 0
        table, cells = self._table(1, [1] * (len(signers) + offset))
        marks.whole(table.rows[0])
        for cell, signer in zip(cells[0][offset:], signers, strict=True):
            room = ("", "", signer.stamp, "", "") if signer.stamp else ("", "", "")
            lines = [*signer.above, *room, signer.name, *filter(None, [signer.below])]
            for number, line in enumerate(lines):
                paragraph = _put(cell, line) if not number else cell.add_paragraph(printable(line))
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = 0
        self._gap()

    def _table(self, rows: int, shares: list[int]) -> tuple[Any, list[list[Any]]]:
        """Return a new table of the library and its cells by row, which it takes long to find one by one."""
        table = self._document.add_table(rows, len(shares))
        table.autofit = False
        widths = [self._width * share // sum(shares) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        cells = [list(row.cells) for row in table.rows]
        for row in cells:
            for cell, width in zip(row, widths, strict=True):
                cell.width = width
        return table, cells

    def _gap(self) -> None:
        """Leave room below a table, which touches what follows otherwise."""
        from docx.shared import Pt  # noqa: PLC0415 - as above

        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.paragraph_format.line_spacing = Pt(6)


def _put(cell: "_Cell", said: str, *, bold: bool = False, size: float = 0) -> Any:  # noqa: ANN401 - a paragraph of the library
    from docx.shared import Pt  # noqa: PLC0415 - as above

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = 0
    run = paragraph.add_run(printable(said))
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    return paragraph
