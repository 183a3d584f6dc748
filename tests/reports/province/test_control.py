"""What cities of a cluster told of all days; and who answers for them on the day that is asked for."""

from pathlib import Path

import pytest

from jamsostek_cli.domain.drop import DropLevel
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.engine import duckdb
from jamsostek_cli.reports.engine.question import DropPlaces
from jamsostek_cli.reports.province import control
from tests.support import drops

ROWS = [("64.10", "2025-11-30", 1, 1), ("64.10", "2025-12-31", 1, 1), ("64.71", "2025-11-30", 0, 2)]


def test_what_cities_told_far_away_is_taken_as_a_manifest_is() -> None:
    handed = control.far(ROWS)
    cities, away = control.of_day(handed, None)
    assert ([one.city for one in cities], away) == (["64.10"], ("64.71",))
    assert cities[0].level is DropLevel.PERSONS
    province = control.HandedProvince(tuple(cities), "2025-12-31", {})
    assert province.name("64.10") == "64.10"  # nobody said what it is called
    with pytest.raises(JcliError, match="E667"):
        control.of_day(handed, "2025-11-30")
    with pytest.raises(JcliError, match="E662"):
        control.of_day([], None)
    for level in (None, 2):
        with pytest.raises(JcliError, match="E668"):
            control.far([("64.10", "2025-12-31", level, 1)])


def test_rows_of_a_city_that_handed_nothing_over_are_refused(tmp_path: Path) -> None:
    for city in drops.invented(many=20)[:2]:
        drops.write(tmp_path, city)
    files = {
        table: sorted(tmp_path.glob(f"{table}/*/*/*")) for table in drops.tables(city, DropLevel.PERSONS)
    }
    files["totals"] = sorted(tmp_path.glob("totals/*/*/*"))
    places = DropPlaces(as_of=drops.AS_OF, files=files)
    with (
        duckdb.opened(places, memory="1g") as engine,
        pytest.raises(JcliError, match="E668") as refused,
    ):
        control.looked_at(engine, control.far([("64.10", drops.AS_OF, 1, 1)]), ())
    assert refused.value.facts["city"] == "64.71"
