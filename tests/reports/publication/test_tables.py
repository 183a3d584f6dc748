"""The public tables: what they count, and that somebody who lives elsewhere changes nothing that is shown."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.publication.people import Alike
from jamsostek_cli.reports.publication.tables import OTHERS, PublicTable, of_people

MONTHS = 3
KELURAHAN = {"1": "Guntung", "2": "Loktuan", "3": "Kanaan"}
PERSON = st.builds(
    Alike,
    st.sampled_from((*KELURAHAN, "")),
    st.sampled_from("LP"),
    st.sampled_from(("18-24", "25-34")),
    st.sampled_from(("NELAYAN", "OJEK", "DUKUN")),
    st.integers(1, 7).map(lambda bits: (("apbd-kota", bits),)),
)
CITY = st.dictionaries(PERSON, st.integers(1, 12), min_size=1, max_size=8)


def made(people: dict[Alike, int]) -> dict[str, PublicTable]:
    return {table.name: table for table in of_people(people, Month(2025, 1), MONTHS, KELURAHAN)}


@given(CITY)
def test_one_who_lives_in_another_withheld_kelurahan_leaves_every_other_table_as_it_is(
    people: dict[Alike, int],
) -> None:
    before = made(people)
    kelurahan = before["terlindungi_kelurahan"]
    closed = sorted({str(row[1]).replace("-", "") for row in kelurahan.rows if row[3] is None})
    for one in people:
        if one.kelurahan in closed and len(closed) > 1:
            elsewhere = next(code for code in closed if code != one.kelurahan)
            after = made(Counter(people) - Counter([one]) + Counter([one._replace(kelurahan=elsewhere)]))
            assert {**after, kelurahan.name: kelurahan} == before


@given(CITY)
def test_no_figure_is_one_to_four_and_every_month_has_every_category(people: dict[Alike, int]) -> None:
    for table in made(people).values():
        figures = {cell for row in table.rows for cell in row[table.keys :]}
        assert not figures & {1, 2, 3, 4}
        assert all(figure % 5 == 0 for figure in figures if isinstance(figure, int))
        assert len({row[: table.keys] for row in table.rows}) == len(table.rows)
        assert len({Counter(row[0] for row in table.rows)[month] for month, *_ in table.rows}) == 1


def test_who_came_and_went_is_shown_where_both_are_enough() -> None:
    stays, comes, goes = (
        Alike("1", "L", "18-24", "NELAYAN", (("apbd-kota", bits),)) for bits in (0b111, 0b110, 0b011)
    )
    rows = made({stays: 50, comes: 10, goes: 8})["terlindungi_bulan"].rows
    assert rows == [("2025-01", 60, 60, 0), ("2025-02", 70, 10, 0), ("2025-03", 60, 0, 10)]
    rows = made({stays: 50, comes: 10, goes: 3})["terlindungi_bulan"].rows
    assert rows[2] == ("2025-03", 60, None, None)
    alone = Alike("1", "L", "18-24", "NELAYAN", (("apbd-kota", 0b001),))
    rows = made({alone: 3, comes: 10})["terlindungi_bulan"].rows
    assert rows == [("2025-01", None, None, None), ("2025-02", 10, None, None), ("2025-03", 10, 0, 0)]


def test_a_rare_occupation_is_not_even_named() -> None:
    jobs = {"NELAYAN": 40, "OJEK": 30, "DUKUN": 2, "": 25}
    people = {Alike("1", "L", "18-24", job, (("apbd-kota", 1),)): many for job, many in jobs.items()}
    rows = made(people)["terlindungi_pekerjaan"].rows
    assert [row for row in rows if row[0] == "2025-01"] == [
        ("2025-01", "NELAYAN", 40),
        ("2025-01", "OJEK", 30),
        ("2025-01", OTHERS, 25),
    ]


def test_of_two_payers_each_has_its_months() -> None:
    both = Alike("1", "P", "65+", "OJEK", (("apbd-kota", 0b001), ("csr", 0b110)))
    rows = made({both: 10})["terlindungi_pembayar"].rows
    assert [row[2] for row in rows] == [10, 0, 0, 10, 0, 10]
