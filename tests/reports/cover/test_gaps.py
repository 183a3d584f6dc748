"""Whoever is about to lose cover is found once, by the day and the number, however many records they have."""

import datetime
import random
from typing import Any

from jamsostek_cli.reports.cover.gaps import GapReason, cover_gaps
from tests.conftest import Office
from tests.support.lives import register, store


def test_everybody_is_found_once_by_the_day_and_the_number(office: Office) -> None:
    store(office.path, register(random.Random(2), 150))
    with office.database.reading() as connection:
        days: dict[str, Any] = {"on": datetime.date(2025, 6, 20), "within": 6, "lapse_months": 3}
        found = cover_gaps(connection, **days, lapses_after=lambda last: last.plus(4).first_day)
        together = cover_gaps(connection, **days, lapses_after=lambda _: datetime.date(2025, 12, 1))
        assert {gap.reason for gap in found} == {*GapReason}
        keys = [(gap.lapses_on, gap.id) for gap in found]
        assert keys == sorted(keys)
        numbers = [gap.id for gap in found]
        assert len({*numbers}) == len(numbers)
        assert [gap.id for gap in together] == sorted(numbers), "those of one day by number alone"
        records = connection.execute("SELECT merged_into FROM worker WHERE merged_into IS NOT NULL")
        assert {*numbers} & {number for (number,) in records}, "people with several records are among them"
