"""What stands in a PDF or a Word document, as somebody reads it."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from pypdf import PdfReader

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def pages(path: Path) -> list[str]:
    """Return the words of each page of a PDF, one blank between them."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def words(path: Path) -> str:
    """Return all words of a paper, one blank between them."""
    if path.suffix == ".pdf":
        return " ".join(pages(path))
    with zipfile.ZipFile(path) as parts:
        names = [name for name in ("word/document.xml", "word/footer1.xml") if name in parts.namelist()]
        bodies = [ElementTree.fromstring(parts.read(name)) for name in names]
    paragraphs = (one for body in bodies for one in body.iter(_PARAGRAPH))
    lines = ("".join(text.text or "" for text in one.iter(_TEXT)) for one in paragraphs)
    return re.sub(r"\s+", " ", " ".join(lines))


def about(path: Path) -> str:
    """Return everything a file says of itself beside its pages."""
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        xmp = reader.xmp_metadata
        return f"{dict(reader.metadata or {})} {'' if xmp is None else xmp.stream.get_data().decode()}"
    with zipfile.ZipFile(path) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist() if "docProps" in name)
