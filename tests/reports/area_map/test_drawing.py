"""The drawing: everything stands in it, inside it, and the same facts give the same text."""

import re
from xml.etree import ElementTree as ET

import pytest

from jamsostek_cli import messages
from jamsostek_cli.reports.area_map.boundaries import Polygon
from jamsostek_cli.reports.area_map.drawing import TALL, WIDE, Map, MapArea, svg

AREAS = [
    MapArea("1", "Guntung <b>", "Utara", 0, 40),
    MapArea("2", "Kanaan", "Utara", 999, 1_000),
    MapArea("3", "Satimpo", "Barat", 1_200, 1_000),
    MapArea("4", "Kelurahan dengan nama panjang", "Barat", 1_234, None),
    *(MapArea(str(n), f"Desa {n}", "Timur", n, 20) for n in range(5, 18)),
]
SQUARE: Polygon = [[(117.0, 0.0), (117.1, 0.0), (117.1, 0.1), (117.0, 0.1), (117.0, 0.0)]]
HOOK: Polygon = [
    [
        (0.0, 0.0),
        (9.0, 0.0),
        (9.0, 9.0),
        (8.0, 9.0),
        (8.0, 1.0),
        (1.0, 1.0),
        (1.0, 9.0),
        (0.0, 9.0),
        (0.0, 0.0),
    ]
]
LINE: Polygon = [[(5.0, 5.0), (6.0, 6.0), (5.0, 5.0), (5.0, 5.0)]]


def drawn(areas: list[MapArea] = AREAS, polygons: dict[str, list[Polygon]] | None = None) -> ET.Element:
    made = svg(Map("Cakupan 2025 & kota", "Keadaan per 4 Agustus 2025", areas, polygons or {}))
    assert made == svg(Map("Cakupan 2025 & kota", "Keadaan per 4 Agustus 2025", areas, polygons or {}))
    assert not re.search(r"<script|<style|href|on\w+=", made)
    return ET.fromstring(made)


def texts(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter("{http://www.w3.org/2000/svg}text")]


def fills(picture: ET.Element, shape: str) -> list[str | None]:
    return [one.get("fill") for one in picture.iter(f"{{http://www.w3.org/2000/svg}}{shape}")]


def test_tiles_say_every_area_its_share_and_its_figures() -> None:
    picture = drawn()
    said = texts(picture)
    assert said[:2] == ["Cakupan 2025 & kota", "Keadaan per 4 Agustus 2025"]
    assert {"Guntung <b>", "0 dari 40 · 0%", "999 dari 1.000 · 99%", "1.200 dari 1.000 · 120%"} <= set(said)
    assert {"1.234 orang", "Kelurahan dengan na…", "Kelurahan dengan nama panjang", "Utara", "Timur"} <= set(
        said
    )
    assert "tanpa penyebut (1 kelurahan)" in said
    assert "0% sampai di bawah 25% (1 kelurahan)" in said
    width, height = (float(picture.attrib[name]) for name in ("width", "height"))
    for one in picture.iter():
        if one.get("x") is not None:
            assert 0 <= float(one.attrib["x"]) <= width
            assert 0 <= float(one.attrib["y"]) < height


def test_no_legend_for_what_is_not_there() -> None:
    assert not [said for said in texts(drawn(AREAS[:2])) if "tanpa penyebut" in said]


@pytest.mark.parametrize(
    ("most", "classes", "shades"),
    [(0, "1 sampai di bawah 2", 1), (7, "2 sampai di bawah 4", 4), (2_300, "500 sampai di bawah 1.000", 5)],
)
def test_without_any_denominator_the_people_are_shaded(most: int, classes: str, shades: int) -> None:
    areas = [MapArea(str(n), f"K{n}", "Kec", n * most // 4, None) for n in range(5)]
    picture = drawn(areas)
    said = texts(picture)
    assert any(text.startswith(classes) for text in said)
    assert "Orang yang terlindungi" in said
    assert not [text for text in said if "tanpa penyebut" in text]
    assert len(set(fills(picture, "rect")[3:8])) == shades


def test_much_the_same_everywhere_is_told_apart_all_the_same() -> None:
    areas = [
        MapArea(str(n), f"K{n}", "Kec", many, None) for n, many in enumerate((2_162, 2_257, 2_334, 2_414))
    ]
    picture = drawn(areas)
    assert len(set(fills(picture, "rect")[3:7])) == 4
    assert "2.200 sampai di bawah 2.300 (1 kelurahan)" in texts(picture)


def test_a_tall_map_has_its_list_below_and_is_as_narrow_as_the_map() -> None:
    made = Map("Peta", "Hari", AREAS, {})
    wide, tall = (ET.fromstring(svg(made, tall=tall)) for tall in (False, True))
    assert (tall.attrib["width"], wide.attrib["width"]) == (str(TALL), str(WIDE))
    assert float(tall.attrib["height"]) > float(wide.attrib["height"])
    assert sorted(texts(tall)) == sorted(texts(wide))


def test_the_darker_the_more_and_white_stands_on_dark() -> None:
    areas = [MapArea(str(n), f"K{n}", "Kec", many, 100) for n, many in enumerate((0, 25, 50, 75, 100))]
    picture = drawn(areas)
    tiles = fills(picture, "rect")[3:8]
    dark = [sum(int(str(fill)[at : at + 2], 16) for at in (1, 3, 5)) for fill in tiles]
    assert dark == sorted(dark, reverse=True)
    assert len(set(tiles)) == 5
    numbers = [one.get("fill") for one in picture.iter() if one.text in {"1", "5"} and one.get("font-weight")]
    assert numbers == ["#1F2933", "#FFFFFF"]


def test_boundaries_are_drawn_with_a_number_inside_each() -> None:
    areas = AREAS[:3]
    picture = drawn(areas, {"1": [SQUARE], "2": [SQUARE, HOOK], "3": [LINE]})
    assert fills(picture, "path") == ["#EFF3FF", "#3182BD", "#08519C"]
    circles = [*picture.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(circles) == 3
    alone = drawn([AREAS[0]], {"1": [HOOK]})
    (circle,) = alone.iter("{http://www.w3.org/2000/svg}circle")
    path = next(alone.iter("{http://www.w3.org/2000/svg}path")).attrib["d"]
    corners = [tuple(map(float, pair.split())) for pair in path.strip("MZ").split("L")]
    x = float(circle.attrib["cx"])
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    assert x - left < (right - left) / 9 or right - x < (right - left) / 9, "within an arm of the hook"


def test_a_map_in_metres_is_drawn_as_it_is() -> None:
    metres: Polygon = [[(500_000.0, 0.0), (501_000.0, 0.0), (501_000.0, 1_000.0), (500_000.0, 0.0)]]
    path = next(drawn([AREAS[0]], {"1": [metres]}).iter("{http://www.w3.org/2000/svg}path")).attrib["d"]
    assert path == "M24 704L644 704L644 84L24 704Z"


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Bagian pekerja rentan yang terlindungi"), ("en", "Share of the vulnerable workers covered")],
)
def test_it_speaks_the_language_of_the_screen(language: str, said: str) -> None:
    messages.use(language)
    assert said in texts(drawn())
