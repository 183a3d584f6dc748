"""XML as spreadsheets hold it: small parts whole, large ones in pieces that end where an element ends."""

import codecs
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Final
from xml.parsers import expat

from jamsostek_cli.roster.files import guard

Elements = list[tuple[str, dict[str, str]]]
"""Start tags in their order: local name and attributes."""

_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROOT: Final = re.compile(r"<(?:([\w.-]+):)?\w+[\s>]")
_MARKED: Final = "<![CDATA["
_ASIDES: Final = {"<!--": "-->", "<?": "?>", _MARKED: "]]>"}
_ASIDE: Final = re.compile("|".join(map(re.escape, _ASIDES)))
_BEGUN: Final = tuple({begin[:cut] for begin in _ASIDES for cut in range(1, len(begin))})
"""How one of them looks that goes on in the next block."""
_HEAD: Final = 65_536
_LONGEST: Final = 16_000_000
"""So many characters without the end of a row or a text are no spreadsheet any more."""


def attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    return {found[1]: unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(text)}


def local(tag: str) -> str:
    """Return a tag without its prefix."""
    return tag.rpartition(":")[2]


def parser(*, spaces: bool = False) -> expat.XMLParserType:
    """Return a parser that refuses a document type, and with it every entity of one's own making.

    With `spaces`, names come with their namespace and a blank before them, whatever their prefix is.
    """
    made = expat.ParserCreate(None, " ") if spaces else expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise ValueError("a spreadsheet defines no entities")


def feed(using: expat.XMLParserType, blocks: Iterable[bytes]) -> None:
    """Parse a text block by block; ValueError where it is no XML."""
    try:
        for block in blocks:
            using.Parse(block, False)  # noqa: FBT003 - the C function takes it by place
    except expat.ExpatError:
        raise ValueError("not XML") from None
    parse(using, b"")


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


def pieces(blocks: Iterable[bytes], element: str, *, within: str) -> Iterator[str]:
    """Yield a part as text, in pieces that end with the end of an element; prefixes of tags are taken off.

    The last piece is what follows the last of them, as far as the element that is `within` reaches. Comments
    and instructions are left out. ValueError where the part defines entities, E210 where an element does not
    end.
    """
    decoder: codecs.IncrementalDecoder | None = None
    end, last, tail, held = f"</{element}>", f"</{within}>", "", ""
    prefix: str | None = None
    for block in blocks:
        if decoder is None:
            wide = block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")
        text = decoder.decode(block)
        if held or "!" in text or "?" in text or text.endswith(_BEGUN):  # one sign is found fastest
            text, held = _plain(held + text)
            guard.within(len(held), _LONGEST)
        if prefix is None:
            prefix = _prefix((tail + text)[:_HEAD])
        if prefix:
            tail, text = "", _without(prefix, tail + text)
        cut = text.rfind(end)
        if cut < 0:
            tail += text
            guard.within(len(tail), _LONGEST)
            continue
        cut += len(end)
        piece = tail + text[:cut]
        tail = text[cut:]
        if last in piece:
            tail = piece
            break
        yield piece
    else:
        if held:
            raise ValueError("not XML")
    yield tail.partition(last)[0]


def _plain(text: str) -> tuple[str, str]:
    """Return a text without comments and instructions, marked text as usual; and what does not end yet."""
    plain: list[str] = []
    at = 0
    while (found := _ASIDE.search(text, at)) is not None:
        plain.append(text[at : found.start()])
        begin, end = found[0], _ASIDES[found[0]]
        stop = text.find(end, found.end())
        if stop < 0:
            return "".join(plain), text[found.start() :]
        if begin == _MARKED:
            plain.append(escape(text[found.end() : stop], quote=False))
        at = stop + len(end)
    rest = text[at:]
    begun = max(map(len, filter(rest.endswith, _BEGUN)), default=0)
    plain.append(rest[: len(rest) - begun])
    return "".join(plain), rest[len(rest) - begun :]


def _prefix(head: str) -> str | None:
    """Return the prefix of the root element (`x:`), empty where it has none, None before its tag ends."""
    if "<!DOCTYPE" in head.upper():
        raise ValueError("a spreadsheet defines no entities")
    root = _ROOT.search(head)
    return root and (f"{root[1]}:" if root[1] else "")


def _without(prefix: str, text: str) -> str:
    return text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
