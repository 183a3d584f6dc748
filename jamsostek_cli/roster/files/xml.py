"""XML as spreadsheets hold it: small parts whole, large ones in pieces that end where an element ends."""

import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final
from xml.parsers import expat

from jamsostek_cli.roster.files.guard import within

Elements = list[tuple[str, dict[str, str]]]
"""Start tags in their order: local name and attributes."""

_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROOT: Final = re.compile(r"<(?:([\w.-]+):)?\w+[\s>]")
_HEAD: Final = 65_536
_LONGEST: Final = 16_000_000
"""So many characters without the end of a row or a text are no spreadsheet any more."""


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    return {found[1]: unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(text)}


def local(tag: str) -> str:
    """Return a tag without its prefix."""
    return tag.rpartition(":")[2]


def parser() -> expat.XMLParserType:
    """Return a parser that refuses a document type, and with it every entity of one's own making."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise ValueError("a spreadsheet defines no entities")


def parse(using: expat.XMLParserType, content: bytes | str) -> None:
    """Parse a whole text; ValueError where it is no XML."""
    try:
        using.Parse(content, True)  # noqa: FBT003 - the C function takes it by place
    except expat.ExpatError:
        raise ValueError("not XML") from None


def elements(content: bytes) -> Elements:
    """Return the start tags of a small part; ValueError where it is no XML or defines entities."""
    found: Elements = []
    if content:
        using = parser()
        using.StartElementHandler = lambda tag, about: found.append((local(tag), about))
        parse(using, content)
    return found


def pieces(blocks: Iterable[bytes], element: str) -> Iterator[str]:
    """Yield a part as text, in pieces that end with the end of an element; prefixes of tags are taken off.

    The last piece is what follows the last of them. ValueError where the part defines entities, E210 where an
    element does not end.
    """
    decoder: codecs.IncrementalDecoder | None = None
    end, prefix, tail = f"</{element}>", "", ""
    for block in blocks:
        first = decoder is None
        if decoder is None:
            wide = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")
        text = decoder.decode(block)
        if first:
            prefix = _prefix(text[:_HEAD])
        if prefix:
            tail, text = "", _without(prefix, tail + text)
        cut = text.rfind(end)
        if cut < 0:
            tail += text
            within(len(tail), _LONGEST)
            continue
        cut += len(end)
        yield tail + text[:cut]
        tail = text[cut:]
    yield tail


def _prefix(head: str) -> str:
    """Return the prefix of the root element (`x:`), empty where it has none."""
    if "<!DOCTYPE" in head.upper():
        raise ValueError("a spreadsheet defines no entities")
    root = _ROOT.search(head)
    return f"{root[1]}:" if root and root[1] else ""


def _without(prefix: str, text: str) -> str:
    return text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
