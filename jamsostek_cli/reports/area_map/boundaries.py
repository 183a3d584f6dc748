"""Boundaries of kelurahan from a GeoJSON file, each matched to the kelurahan that it is of.

Files of many makers are read: a feature is matched by a code of ten digits in any of its properties, with or
without dots, else by a name in a property that is called like one (`NAMOBJ`, `WADMKD`, `desa`, …).
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from jamsostek_cli.errors import JcliError

Point = tuple[float, float]
Ring = Sequence[Point]
Polygon = Sequence[Ring]
"""The outline of an area, then those of its holes."""

_CODE: Final = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}", re.ASCII)
_NAMES: Final = re.compile(r"namobj|wadmkd|kelurahan|desa|village|kel|nama|name", re.IGNORECASE)
_KECAMATAN: Final = re.compile(r"wadmkc|kecamatan|district|kec", re.IGNORECASE)
_FEWEST: Final = 4
"""So many points a ring has at least, the first one twice."""
_NAMED: Final = 12
"""So many are named in an error."""


class Feature(NamedTuple):
    """An area of the file: the codes and names that it may be known by, and its polygons."""

    codes: Sequence[str]
    names: Sequence[str]
    polygons: Sequence[Polygon]


def read(content: bytes, file: str) -> list[Feature]:
    """Return the areas of a GeoJSON file; E642 where it is none."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
        features = [_feature(one) for one in said["features"] if one.get("geometry")]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise JcliError("E642", path=file) from error
    if not features:
        raise JcliError("E642", path=file)
    return features


def _feature(said: Mapping[str, Any]) -> Feature:
    properties: Mapping[str, Any] = said.get("properties") or {}
    texts = {key: " ".join(str(value).split()) for key, value in properties.items() if value is not None}
    codes = [re.sub(r"\D", "", text) for text in texts.values() if _CODE.fullmatch(text)]
    named = [text for key, text in texts.items() if text and _NAMES.fullmatch(key)]
    kecamatan = [text for key, text in texts.items() if text and _KECAMATAN.fullmatch(key)]
    within = [f"{name}, Kec. {kecamatan[0]}" for name in named] if kecamatan else []
    return Feature(codes, [*within, *named], [*_polygons(said["geometry"])])


def _polygons(geometry: Mapping[str, Any]) -> Iterator[Polygon]:
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(kind)
    for polygon in [parts] if kind == "Polygon" else parts:
        rings = [[(float(point[0]), float(point[1])) for point in ring] for ring in polygon]
        if not rings or any(len(ring) < _FEWEST for ring in rings):
            raise ValueError("a ring of too few points")
        if not all(math.isfinite(value) for ring in rings for point in ring for value in point):
            raise ValueError("a point that is nowhere")
        yield rings


def matched(
    features: Sequence[Feature],
    kelurahan: Mapping[str, str],
    meant: Callable[[str], str | None],
    file: str,
) -> dict[str, list[Polygon]]:
    """Return the polygons of each kelurahan, by code, in the order of `kelurahan` (names by code).

    `meant` gives the code of the kelurahan that a name means. Areas with codes of other cities are left out.
    E643 where an area is no kelurahan of the city, or a kelurahan has no area; both are named.
    """
    by_digits = {code.replace(".", ""): code for code in kelurahan}
    city = next(iter(by_digits))[:4]
    found: dict[str, list[Polygon]] = {code: [] for code in kelurahan}
    strangers: list[str] = []
    for feature in features:
        code = next((by_digits[each] for each in feature.codes if each in by_digits), None)
        if code is None and any(not each.startswith(city) for each in feature.codes):
            continue
        code = code or next(filter(None, map(meant, feature.names)), None)
        if code is None:
            strangers.append(next(iter((*reversed(feature.names), *feature.codes)), "?"))
        else:
            found[code] += feature.polygons
    without = [name for code, name in kelurahan.items() if not found[code]]
    if strangers or without:
        raise JcliError("E643", path=file, strangers=_few(strangers), without=_few(without))
    return found


def _few(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{rest})" if rest > 0 else "") or "–"
