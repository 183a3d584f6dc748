"""What a Word document holds that the library has no name for."""

from typing import TYPE_CHECKING, Any

from jamsostek_cli.tables.workbook import printable

if TYPE_CHECKING:
    from docx.document import Document


def describe(document: "Document", said: str) -> None:
    """Say what the last picture shows, for those who cannot see it."""
    document.inline_shapes[-1]._inline.docPr.set("descr", printable(said))  # noqa: SLF001 - no other way


def _mark(parent: Any, name: str, **facts: str) -> Any:  # noqa: ANN401 - elements of the library
    """Add an element that the library has no name for."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - the library loads where a document is written
    from docx.oxml.ns import qn  # noqa: PLC0415 - the library loads where a document is written

    element = OxmlElement(name)
    for key, value in facts.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def underline(paragraph: Any) -> None:  # noqa: ANN401 - a paragraph of the library
    """Draw a double line below a paragraph."""
    borders = _mark(paragraph._p.get_or_add_pPr(), "w:pBdr")  # noqa: SLF001 - the library has no other way
    _mark(borders, "w:bottom", val="double", sz="8", space="4", color="auto")


def whole(row: Any, *, repeated: bool = False) -> None:  # noqa: ANN401 - a row of the library
    """Never cut a row in two at the end of a page; `repeated` shows it on top of every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library loads where a document is written
    _mark(properties, "w:cantSplit", val="true")
    if repeated:
        _mark(properties, "w:tblHeader", val="true")
