"""A map as a file: SVG as it is, as a page of HTML that needs nothing else, or as a picture."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jamsostek_cli.messages import language
from jamsostek_cli.reports.area_map.drawing import TALL, Map, svg

_DOTS: Final = 144
"""So many dots an inch a picture has: sharp on a telephone and in a presentation."""
_OF_PICTURES: Final = "DejaVu Sans Mono, Libertinus Serif"
_PRINTED: Final = (
    "svg{display:block}@media print{@page{size:A4;margin:1cm}body{margin:0}"
    "svg{width:100%;height:auto;max-height:27cm}}"
)
"""On paper a map is one page."""
_LOOKS: Final = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")
"""


def write_svg(drawn: Map, part: Path) -> None:
    """Write a map as SVG."""
    part.write_text(svg(drawn), encoding="utf-8")


def write_html(drawn: Map, part: Path) -> None:
    """Write a map as a page, in which nothing runs and which asks for nothing."""
    seal = base64.b64encode(hashlib.sha256(_PRINTED.encode()).digest()).decode()
    page = (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{seal}'\">\n"
        f'<meta name="viewport" content="width={TALL}">\n'
        f"<title>{escape(drawn.title)}</title>\n<style>{_PRINTED}</style>\n</head>\n"
        f"<body>\n{svg(drawn, tall=True)}</body>\n</html>\n"
    )
    part.write_text(page, encoding="utf-8")


def write_png(drawn: Map, part: Path) -> None:
    """Write a map as a picture; equal maps give equal bytes, whatever fonts a computer has."""
    import typst  # noqa: PLC0415 - loads only when a picture is drawn

    picture = typst.compile(
        _LOOKS.encode(),
        format="png",
        ppi=_DOTS,
        sys_inputs={"drawing": svg(drawn, _OF_PICTURES)},
        ignore_system_fonts=True,
    )
    part.write_bytes(picture)


WRITERS: Final[Mapping[str, Callable[[Map, Path], None]]] = MappingProxyType(
    {"svg": write_svg, "html": write_html, "png": write_png}
)
"""What writes a map, by the ending of the file's name."""
