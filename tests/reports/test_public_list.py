"""The notice board: whoever is on it knows themself, nobody else fits a line, and no line says more."""

import datetime
import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.reports.cover.listing import CoverRow
from jamsostek_cli.reports.public_list import MOST, Notice, first_and_last, initials, notice, public_list
from jamsostek_cli.rules.cover.protection import CoverReason, CoverStatus
from tests.conftest import Office, person

YES, NO = (CoverStatus.YES, CoverReason.PAID), (CoverStatus.NO, CoverReason.NEVER_PAID)


def someone(number: int, name: str, nik: str, *, covered: bool) -> CoverRow:
    return CoverRow(number, nik, name, "Guntung", None, *(YES if covered else NO), None, None)


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(("SITI AMINAH", "SARI ALAM", "SITI ARI", "BASRI", "BUDI")),
        st.sampled_from(("0001", "0002", "1001", "7001", "7002")),
        st.booleans(),
        st.sampled_from((None, "24000001111", "24000002222", "99000001111")),
    ),
    max_size=14,
)


def listed(drawn: list[tuple[str, str, bool, str | None]]) -> tuple[list[CoverRow], dict[int, str], Notice]:
    people = [
        someone(at, name, f"647401{at:06d}{serial}", covered=covered)
        for at, (name, serial, covered, _) in enumerate(drawn)
    ]
    cards = {at: card for at, (*_, card) in enumerate(drawn) if card}
    return people, cards, notice(people, cards)


@given(PEOPLE)
def test_each_line_fits_exactly_one_of_the_register_and_that_one_is_covered(
    drawn: list[tuple[str, str, bool, str | None]],
) -> None:
    people, cards, made = listed(drawn)
    assert len(set(made.lines)) == len(made.lines)
    for line in made.lines:
        fitting = [
            one
            for one in people
            if line.initials in {initials(one.name), first_and_last(one.name)}
            and one.nik.endswith(line.digits.removeprefix("…"))
            and (not line.card or cards.get(one.id, "").endswith(line.card.removeprefix("…")))
        ]
        assert [(one.status) for one in fitting if line.card == "" or one.id in cards] == [CoverStatus.YES]
    assert len(made.lines) + made.left_off == sum(one.status is CoverStatus.YES for one in people)


@given(PEOPLE)
def test_no_more_is_shown_than_it_takes(drawn: list[tuple[str, str, bool, str | None]]) -> None:
    people, _, made = listed(drawn)
    assert made.shown <= MOST
    assert all(len(line.digits) == 1 + made.shown and len(line.card) in {0, 5} for line in made.lines)
    if made.left_off:
        assert made.shown == MOST
    for line in made.lines:
        assert not line.card or "…" not in line.initials
    plain = {(initials(one.name), one.nik[-made.shown :]) for one in people}
    if len(plain) == len(people):
        assert not any(line.card or "…" in line.initials for line in made.lines)


def test_a_kelurahan_of_an_invented_city() -> None:
    chosen = random.Random(20251129)
    first = "SITI RINA BUDI AGUS DEWI HAMZAH YUSUF NUR ANDI MAYA".split()
    people = [
        someone(
            at,
            f"{chosen.choice(first)} {chosen.choice(first)}",
            f"647401{chosen.randrange(10**6):06d}{chosen.randrange(1, 900):04d}",
            covered=chosen.random() < 0.9,
        )
        for at in range(2_400)
    ]
    cards = {one.id: f"24{chosen.randrange(10**9):09d}" for one in people if one.id % 20}
    made = notice(people, cards)
    assert len(set(made.lines)) == len(made.lines) > 2_000
    assert made.left_off < 30
    assert {line.card == "" for line in made.lines} == {True, False}
    (table,) = public_list("Guntung", made, datetime.date(2025, 8, 4)).tables
    assert [column.key for column in table.columns] == ["initials", "digits", "card"]


def test_the_list_leaves_as_a_file_that_names_nobody_and_is_noted(covered: Office, tmp_path: Path) -> None:
    place = tmp_path / "guntung.xlsx"
    told = covered.ok("report", "public-list", "--kelurahan", "guntung", "-o", place)
    assert (told["digits"], told["left_off"], len(told["people"])) == (2, 0, 10)
    assert told["people"][0] == {"initials": "B. A.", "digits": "…00", "card": ""}
    screen = covered("report", "public-list", "--kelurahan", "guntung", "--as-of", "2025-09-01").out
    text = " ".join(
        str(cell) for sheet in openpyxl.load_workbook(place) for row in sheet.values for cell in row
    )
    for nik, name, born in covered.rows("SELECT nik, name, birth_date FROM worker"):
        for shown in (screen, text):
            assert not any(said in shown for said in (nik, name.split()[0], born, nik[:12]))
    assert covered.one("SELECT after ->> '$.left.people' FROM audit ORDER BY seq DESC LIMIT 1") == 10


def test_somebody_without_a_card_who_cannot_be_told_apart_is_counted(
    covered: Office, roster: Callable[..., Path]
) -> None:
    nik, name, *rest = person(1)
    covered.ok("import", roster([(f"647402{str(nik)[6:]}", name, *rest)], "b.xlsx"))
    told = covered.ok("report", "public-list", "--kelurahan", "Guntung")
    assert (told["left_off"], len(told["people"])) == (1, 9)
    ran = covered("--lang", "en", "report", "public-list", "--kelurahan", "Guntung")
    assert "1 person is covered and not listed" in ran.err
