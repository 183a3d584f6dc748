"""The drawing of a map as SVG: equal facts give equal text, without script, style or anything from elsewhere.

Five blues from light to dark tell the classes apart in print, on a copier and for the colour-blind; what
has no denominator is hatched. Every area has a number, and the list beside the map gives its name and its
figures: so nothing rests on colour alone, and small areas need no room for their names.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.area_map.boundaries import Point, Polygon

_BLUES: Final = ("#EFF3FF", "#BDD7E7", "#6BAED6", "#3182BD", "#08519C")
_STEPS: Final = (0.25, 0.5, 0.75, 1.0)
"""Where one class of shares ends and the next one begins."""
_NICE: Final = (1, 2, 5, 10)
"""Steps between classes of people, in the size of the number."""
_DARK: Final = 3
"""From this class on, what stands on it is white."""
_INK: Final = "#1F2933"
_LINE: Final = "#5A6572"
_PAPER: Final = "#FFFFFF"
_HATCH: Final = "url(#none)"
_MAP: Final = 620
_TOP: Final = 84
_MARGIN: Final = 24
_LIST: Final = 400
WIDE: Final = _MARGIN + _MAP + _MARGIN + _LIST + _MARGIN
TALL: Final = _MARGIN + _MAP + _MARGIN
"""How many pixels a map is wide, with its list beside and below."""
_ROW: Final = 21
_TILE: Final = (122, 70, 8)
"""Width and height of a tile, and the room between two."""
_ACROSS: Final = 5
_FONT: Final = "Noto Sans, Segoe UI, Arial, DejaVu Sans, sans-serif"
_WORLD: Final = 180


class MapArea(NamedTuple):
    """A kelurahan on the map: people covered, of how many (None where nobody has counted them)."""

    code: str
    name: str
    kecamatan: str
    covered: int
    target: int | None

    @property
    def share(self) -> float | None:
        """The part of the target that is covered."""
        return None if self.target is None else self.covered / self.target


class Map(NamedTuple):
    """What a map says: title and day, the areas by code, and their polygons where there are any."""

    title: str
    subtitle: str
    areas: Sequence[MapArea]
    polygons: Mapping[str, Sequence[Polygon]]


def svg(drawn: Map, font: str = _FONT, *, tall: bool = False) -> str:
    """Return a map as SVG; a `tall` one has its list below, for a telephone and an upright page."""
    shades = _Shades.of(drawn.areas)
    body, height = _shapes(drawn, shades) if drawn.polygons else _tiles(drawn.areas, shades)
    listed, of_list = _key(drawn.areas, shades)
    width = WIDE
    if tall:
        listed = [f'<g transform="translate({-_MAP - _MARGIN} {_near(height)})">', *listed, "</g>"]
        height, width = _TOP + height + of_list + _MARGIN, TALL
    else:
        height = _TOP + max(height, of_list) + _MARGIN
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="{escape(font)}" font-size="13" fill="{_INK}">'
        ),
        f"<title>{escape(drawn.title)}</title>",
        (
            '<defs><pattern id="none" width="7" height="7" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{_PAPER}"/>'
            f'<rect width="2" height="7" fill="#B8BFC7"/></pattern></defs>'
        ),
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        _text(_MARGIN, 38, drawn.title, size=21, bold=True),
        _text(_MARGIN, 62, drawn.subtitle, size=13),
        *body,
        *listed,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Shades(NamedTuple):
    """Where the classes begin: of shares, or of people where no area has a denominator."""

    steps: Sequence[float]
    of_shares: bool

    @classmethod
    def of(cls, areas: Sequence[MapArea]) -> "_Shades":
        """Return the classes in which areas differ."""
        if any(area.target is not None for area in areas):
            return cls(_STEPS, of_shares=True)
        covered = [area.covered for area in areas]
        part = (max(covered) - min(covered)) / len(_BLUES)
        size = 10 ** math.floor(math.log10(max(part, 1)))
        step = next(nice * size for nice in _NICE if nice * size >= part)
        lowest = min(covered) // step * step
        return cls([lowest + step * at for at in range(1, len(_BLUES))], of_shares=False)

    def level(self, area: MapArea) -> int | None:
        """Return the class of an area, the lightest 0; None for one of which nothing can be told."""
        value = area.share if self.of_shares else area.covered
        return None if value is None else sum(value >= step for step in self.steps)

    def fill(self, area: MapArea) -> str:
        """Return the colour of an area."""
        level = self.level(area)
        return _HATCH if level is None else _BLUES[level]

    def ink(self, area: MapArea) -> str:
        """Return the colour of what stands on an area."""
        return _PAPER if (self.level(area) or 0) >= _DARK else _INK

    def names(self) -> list[str]:
        """Return what each class is called."""
        edges = [*map(self._edge, (0, *self.steps))]
        between = [text("map.between", low=low, high=high) for low, high in pairwise(edges)]
        return [*between, text("map.from", low=edges[-1])]

    def _edge(self, value: float) -> str:
        return figures.percent_near(value) if self.of_shares else str(figures.count(int(value)))


def _text(
    x: float, y: float, said: str, *, size: int = 13, bold: bool = False, anchor: str = "", fill: str = ""
) -> str:
    looks = (
        f' font-size="{size}"'
        + (' font-weight="bold"' if bold else "")
        + (f' text-anchor="{anchor}"' if anchor else "")
        + (f' fill="{fill}"' if fill else "")
    )
    return f'<text x="{_near(x)}" y="{_near(y)}"{looks}>{escape(said)}</text>'


def _near(value: float) -> str:
    """Return a length to a tenth of a pixel, without digits that say nothing.

    >>> _near(3.0), _near(2.449), _near(-0.01)
    ('3', '2.4', '0')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0").replace("-0", "0")


def _shapes(drawn: Map, shades: _Shades) -> tuple[list[str], int]:
    """Return the areas by their boundaries, and how high they are."""
    points = [point for polygons in drawn.polygons.values() for polygon in polygons for point in polygon[0]]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    degrees = max(map(abs, (west, east))) <= _WORLD
    narrower = math.cos(math.radians((south + north) / 2)) if degrees else 1.0
    wide, high = (east - west) * narrower or 1.0, (north - south) or 1.0
    scale = min(_MAP / wide, _MAP / high)

    def placed(point: Point) -> Point:
        return _MARGIN + (point[0] - west) * narrower * scale, _TOP + (north - point[1]) * scale

    shapes, labels = [], []
    for number, area in enumerate(drawn.areas, 1):
        polygons = [[[*map(placed, ring)] for ring in polygon] for polygon in drawn.polygons[area.code]]
        outline = "".join(_path(ring) for polygon in polygons for ring in polygon)
        shapes.append(
            f'<path d="{outline}" fill="{shades.fill(area)}" fill-rule="evenodd" stroke="{_LINE}" '
            f'stroke-width="1"><title>{escape(area.name)}</title></path>'
        )
        x, y = _middle(max((polygon[0] for polygon in polygons), key=lambda ring: abs(_size(ring))))
        labels += [
            f'<circle cx="{_near(x)}" cy="{_near(y)}" r="11" fill="{_PAPER}" stroke="{_LINE}"/>',
            _text(x, y + 4.5, str(number), size=12, bold=True, anchor="middle"),
        ]
    return [*shapes, *labels], math.ceil(high * scale)


def _path(ring: Iterable[Point]) -> str:
    return "M" + "L".join(f"{_near(x)} {_near(y)}" for x, y in ring) + "Z"


def _size(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def _sides(ring: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _middle(ring: Sequence[Point]) -> Point:
    """Return the centre of an outline; where that lies outside, the middle of its widest part there."""
    size = _size(ring)
    if not size:
        return ring[0]
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _sides(ring)) / (6 * size)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in _sides(ring)) / (6 * size)
    crossed = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in _sides(ring) if (y1 > y) != (y2 > y)
    )
    spans = [*zip(crossed[::2], crossed[1::2], strict=False)]
    if any(left <= x <= right for left, right in spans) or not spans:
        return x, y
    left, right = max(spans, key=lambda span: span[1] - span[0])
    return (left + right) / 2, y


def _tiles(areas: Sequence[MapArea], shades: _Shades) -> tuple[list[str], int]:
    """Return the areas as tiles, those of a kecamatan together, and how high they are."""
    width, height, room = _TILE
    parts: list[str] = []
    y, number = _TOP, 0
    for kecamatan, its_own in groupby(areas, key=lambda area: area.kecamatan):
        parts.append(_text(_MARGIN, y + 12, kecamatan, bold=True))
        y += 20
        for at, area in enumerate(its_own):
            number += 1
            if at and at % _ACROSS == 0:
                y += height + room
            x = _MARGIN + at % _ACROSS * (width + room - 5)
            parts += _tile(area, number, x, y, shades)
        y += height + room + 6
    return parts, y - _TOP


def _tile(area: MapArea, number: int, x: int, y: int, shades: _Shades) -> list[str]:
    width, height, _ = _TILE
    width -= 5
    fill, ink = shades.fill(area), shades.ink(area)
    return [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{_LINE}"/>',
        _text(x + 8, y + 18, str(number), size=11, bold=True, fill=ink),
        _text(x + width / 2, y + 42, _said(area), size=18, bold=True, anchor="middle", fill=ink),
        _text(x + width / 2, y + 60, _short(area.name), size=10, anchor="middle", fill=ink),
    ]


def _short(name: str) -> str:
    most = 20
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _said(area: MapArea) -> str:
    """Return the figure that stands for an area: its share, or the people where there is none."""
    return figures.count(area.covered) if area.share is None else figures.percent_near(area.share)


def _key(areas: Sequence[MapArea], shades: _Shades) -> tuple[list[str], int]:
    """Return the classes with how many areas are in each, then every area with its figures."""
    x, y = _MARGIN + _MAP + _MARGIN, _TOP
    parts = [_text(x, y + 10, text("map.legend" if shades.of_shares else "map.legend_people"), bold=True)]
    y += 20
    for at, name in enumerate(shades.names()):
        many = sum(shades.level(area) == at for area in areas)
        parts += _swatch(x, y, _BLUES[at], text("map.class", share=name, areas=figures.count(many)))
        y += _ROW
    if without := sum(shades.level(area) is None for area in areas):
        parts += _swatch(x, y, _HATCH, text("map.no_target", areas=figures.count(without)))
        y += _ROW
    y += 16
    for number, area in enumerate(areas, 1):
        parts += [
            _text(x + 20, y, str(number), size=12, anchor="end"),
            _text(x + 28, y, area.name, size=12),
            _text(x + _LIST, y, _figures(area), size=12, anchor="end"),
        ]
        y += _ROW - 3
    return parts, y - _TOP


def _figures(area: MapArea) -> str:
    if area.target is None:
        return text("map.covered", covered=figures.count(area.covered))
    return text(
        "map.covered_of",
        covered=figures.count(area.covered),
        target=figures.count(area.target),
        share=_said(area),
    )


def _swatch(x: float, y: float, fill: str, said: str) -> list[str]:
    return [
        f'<rect x="{_near(x)}" y="{_near(y)}" width="24" height="15" fill="{fill}" stroke="{_LINE}"/>',
        _text(x + 32, y + 12, said, size=12),
    ]
