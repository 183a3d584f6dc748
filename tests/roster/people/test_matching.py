import pytest

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import Facts, KnownWorker, MatchedRow, RosterRow, RowOutcome
from jamsostek_cli.roster.cells.nik import FromNik
from jamsostek_cli.roster.people.matching import Rules
from tests.support.judging import match
from tests.support.workbooks import MAN, WOMAN, row

OTHER = "6474011708857099"


def known(
    name: str = "RUDI HARTONO", status: str = "active", nik: str = MAN, number: int = 12, **facts: str | None
) -> KnownWorker:
    return KnownWorker(number, nik, status, Facts(name, **{"birth_date": "1985-08-17", "sex": "L", **facts}))


def codes(one: MatchedRow) -> list[tuple[str, str]]:
    return [(finding.code, finding.hint) for finding in one.row.findings]


def outcomes(rows: list[RosterRow], *workers: KnownWorker) -> list[str]:
    return [one.outcome for one in match(rows, {worker.nik: worker for worker in workers}).rows]


def test_a_row_is_new_rejected_or_a_repetition() -> None:
    rows = [
        row(MAN, "RUDI HARTONO"),
        row(None, "WATI"),
        row(MAN, "RUDI HARTONO, SE", at=9),
        row(WOMAN, "WATI"),
    ]

    matched = match(rows).rows

    assert [one.outcome for one in matched] == ["new", "rejected", "duplicate", "new"]
    assert matched[2].same_as == rows[0].place
    assert matched[2].worker_id == matched[0].worker_id
    assert [one.row for one in matched] == rows


def test_one_nik_with_two_names_waits_for_a_person() -> None:
    rows = [
        row(MAN, "RUDI HARTONO"),
        row(MAN, "RUDI HARTONO", at=3),
        row(MAN, "ZAINAL DWI KURNIAWAN", at=5, sheet=1),
    ]

    matched = match(rows).rows

    assert [one.outcome for one in matched] == ["review"] * 3
    assert [one.same_as for one in matched] == [None, rows[0].place, rows[0].place]
    assert [codes(one) for one in matched] == [
        [("nik_shared_by_two_people", "3")],
        [("nik_shared_by_two_people", "2")],
        [("nik_shared_by_two_people", "1/2")],
    ]


def test_a_known_worker_is_unchanged_or_changed() -> None:
    worker = known("RUDI HARTONO, SE", mother_name="SITI NURAINI", phone="+62812")
    same = row(MAN, "RUDI HARTONO")
    better = RosterRow(
        0, 3, MAN,
        Facts("RUDY HARTONO", "BONTANG", "1985-08-17", "L", "ST. NURAINI", None, "+62813"),
    )  # fmt: skip

    assert outcomes([same], worker) == ["unchanged"]
    (changed,) = match([better], {MAN: worker}).rows

    assert (changed.outcome, changed.worker_id) == (RowOutcome.CHANGED, 12)
    assert changed.changes == (
        ("name", "RUDI HARTONO, SE", "RUDY HARTONO"),
        ("birth_place", None, "BONTANG"),
        ("phone", "+62812", "+62813"),
    )


def test_what_was_read_off_the_nik_fills_a_gap_and_overwrites_nothing() -> None:
    derived = RosterRow(0, 2, MAN, Facts("RUDI HARTONO", birth_date=FromNik("1985-08-17"), sex=FromNik("L")))

    assert outcomes([derived], known(birth_date="1985-08-18")) == ["unchanged"]
    assert outcomes([derived], known(birth_date=None)) == ["changed"]
    written = row(MAN, "RUDI HARTONO")
    assert outcomes([written], known(birth_date="1985-08-18")) == ["changed"]


def test_a_known_nik_under_another_name_waits_for_a_person() -> None:
    rows = [row(MAN, "ZAINAL DWI"), row(MAN, "ZAINAL DWI", at=3)]

    matched = match(rows, {MAN: known()}).rows

    assert [(one.outcome, one.worker_id, one.same_as) for one in matched] == [
        ("review", 12, None),
        ("review", 12, rows[0].place),
    ]
    assert [codes(one) for one in matched] == [[("nik_shared_by_two_people", "P-000012")]] * 2


def test_a_known_worker_repeated_is_a_repetition() -> None:
    assert outcomes([row(MAN, "RUDI HARTONO"), row(MAN, "RUDI HARTONO", at=3)], known()) == [
        "unchanged",
        "duplicate",
    ]


def test_the_dead_are_left_alone() -> None:
    (one,) = match([row(MAN, "RUDI HARTONO, SE")], {MAN: known(status="deceased", phone="1")}).rows

    assert (one.outcome, one.worker_id, one.changes) == (RowOutcome.REVIEW, 12, ())
    assert codes(one) == [("worker_deceased", "P-000012")]


def test_the_dead_who_are_named_twice_wait_twice() -> None:
    rows = [row(MAN, "RUDI HARTONO"), row(MAN, "RUDI HARTONO", at=3)]

    matched = match(rows, {MAN: known(status="deceased")}).rows

    assert [one.outcome for one in matched] == ["review", "review"]
    assert [codes(one) for one in matched] == [[("worker_deceased", "P-000012")]] * 2


def test_lookalikes_are_noted_on_both_rows() -> None:
    rows = [
        row(MAN, "RUDI HARTONO"),
        row(OTHER, "RUDI HARTOMO", at=7),
        row(WOMAN, "EKO PUTRA", at=8),
        row(None, "RUDI", at=9),
    ]

    matched = match(rows).rows

    assert [one.outcome for one in matched] == ["new", "new", "new", "rejected"]
    assert [codes(one) for one in matched] == [
        [("possible_same_person", "7")],
        [("possible_same_person", "2")],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("first", "second", "noted"),
    [
        (row("6474031911987157", "ZAYYAN SAPUTRA"), row("6474031911987158", "RAYYAN SAPUTRA"), False),
        (row("6474031911987157", "ZAYYAN SAPUTRA"), row("6474031911987158", "ZAYYAN SAPUTRA"), True),
        (row("6474031911987157", "ZAYYAN SAPUTRA"), row("6474031911987257", "RAYYAN SAPUTRA"), True),
        (row(MAN, "RUDI HARTONO"), row(OTHER, "RUDI HARTONO", "1985-08-18"), False),
        (row(MAN, "RUDI HARTONO", None), row(OTHER, "RUDI HARTONO", None), False),
        (row(MAN, "RUDI HARTONO"), row(OTHER, "EKO PUTRA"), False),
    ],
)
def test_twins_and_namesakes_stay_apart(first: RosterRow, second: RosterRow, *, noted: bool) -> None:
    rows = [RosterRow(0, at, one.nik, one.facts) for at, one in enumerate((first, second), 2)]

    match(rows)

    assert [bool(one.findings) for one in rows] == [noted, noted]


def test_two_known_workers_are_not_news() -> None:
    rows = [row(MAN, "RUDI HARTONO"), row(OTHER, "RUDI HARTONO")]

    matched = match(rows, {MAN: known(), OTHER: known(nik=OTHER, number=13)}).rows

    assert [one.row.findings for one in matched] == [[], []]


def test_lookalikes_are_sought_in_the_register() -> None:
    strangers = [
        known(nik=OTHER),
        known("EKO PUTRA", nik="6474011708857098", number=14),
        known(nik="6474011708857097", number=15, birth_date="1999-01-01"),
    ]
    rows = [
        row(MAN, "RUDI HARTONO"),
        row(WOMAN, "WATI LESTARI", "1990-03-12", at=3),
        row("6474011708857011", "RUDI HARTONO", at=4),
    ]

    matched = match(rows, {rows[2].nik or "": known(nik="6474011708857011", number=16)}, strangers).rows

    assert codes(matched[0]) == [("possible_same_person", "P-000012"), ("possible_same_person", "4")]
    assert matched[1].row.findings == []
    assert codes(matched[2]) == [("possible_same_person", "2")]


def test_nobody_new_is_compared_with_nobody() -> None:
    rows = [row(None, "RUDI"), row(MAN, "RUDI HARTONO", at=3)]
    assert match(rows, {MAN: known()}, [known(nik=OTHER, number=13)]).pairs == []


def test_a_crowd_of_old_workers_is_compared_with_the_new_one_only() -> None:
    crowd = [known(nik=f"647401170885{n:04d}", number=n) for n in range(20, 40)]

    found = match([row("6474011708859001", "RUDI HARTONO")], {}, crowd)

    assert len(found.pairs) == len(crowd)
    assert {max(pair.ids) for pair in found.pairs} == {found.rows[0].worker_id}


def test_a_slip_in_the_nik_is_found_in_the_file_and_in_the_register() -> None:
    one = row(MAN, "RUDI HARTONO")
    slipped = RosterRow(0, 3, "6474011708957001", Facts("RUDI HARTONO", birth_date="1995-08-17", sex="L"))
    swapped = RosterRow(0, 4, "6474011708587001", Facts("RUDI HARTONO", birth_date=None, sex="L"))

    found = match([one, slipped, swapped])

    assert [(pair.low, pair.high, pair.reasons[:2]) for pair in found.pairs] == [
        (MAN, "6474011708957001", ("name_equal", "nik_slip")),
        ("6474011708587001", MAN, ("name_equal", "nik_slip")),
    ]
    stored = known(nik="6474011708957001", birth_date="1995-08-17")
    fresh = RosterRow(0, 2, MAN, Facts("RUDI HARTONO", birth_date="1985-08-17", sex="L"))
    stranger = known("EKO PUTRA", nik="6474011708757001", number=13, birth_date="1975-08-17")
    other = known("RAHMAT SALEH", nik="6474011708657001", number=14, birth_date="1965-08-17")
    assert [pair.score for pair in match([fresh], {}, [stored, stranger, other]).pairs] == [
        found.pairs[0].score
    ]


def test_a_family_card_brings_people_together_and_keeps_siblings_apart() -> None:
    def member(nik: str, name: str, born: str, at: int) -> RosterRow:
        facts = Facts(name, None, born, "L", "SITI AMINAH", "6474010101200001")
        return RosterRow(0, at, nik, facts)

    rows = [
        member(MAN, "RUDI HARTONO", "1985-08-07", 2),
        member("6474010708857034", "RUDI HARTONO", "1985-07-08", 3),
        member("6474010101907034", "RUDI HARTANTO", "1990-01-01", 4),
    ]
    assert [(pair.low, pair.high) for pair in match(rows).pairs] == [("6474010708857034", MAN)]


def test_what_an_officer_has_told_apart_is_not_asked_again() -> None:
    rows = [row(MAN, "RUDI HARTONO"), row(OTHER, "RUDI HARTONO", at=3)]
    rules = Rules(different={(MAN, OTHER)}, refused={(WOMAN, "WATILESTARI")})
    found = match([*rows, row(WOMAN, "WATI LESTARI", at=4)], rules=rules)
    assert found.pairs == []
    assert [one.outcome for one in found.rows] == ["new", "new", "rejected"]
    assert codes(found.rows[2]) == [("nik_shared_by_two_people", "")]
    both = [row(WOMAN, "WATI LESTARI", at=4), row(WOMAN, "SRI AYU", at=5)]
    assert [one.outcome for one in match(both, rules=rules).rows] == ["rejected", "new"]


def test_a_row_of_a_merged_record_speaks_of_the_other_and_seeks_nobody() -> None:
    rows = [row(MAN, "RUDI HARTONO"), row(OTHER, "RUDI HARTONO", at=3)]
    merged = KnownWorker(12, MAN, "merged", known().facts, 34)
    found = match(rows, {MAN: merged})
    assert [(one.outcome, one.worker_id) for one in found.rows] == [("review", 34), ("new", 1000)]
    assert codes(found.rows[0]) == [("worker_merged", "P-000034")]
    assert found.pairs == []


def test_a_crowd_born_on_one_day_is_compared_all_the_same() -> None:
    letters = "ABCDEFGHIJKLMNOPQRST"
    rows = [
        row(
            f"64740117088{n:05}",
            f"{letters[n % 20]}{letters[n // 20]}{letters[n % 7] * 4} {letters[n % 11] * 5}",
            at=n,
        )
        for n in range(100)
    ]
    rows.append(row(MAN, rows[0].facts.name, at=500))

    match(rows)

    assert Finding("possible_same_person", "name", hint="500") in rows[0].findings


def test_a_crowd_under_one_name_and_birthday_is_compared_with_its_neighbours() -> None:
    crowd = [row(f"647401170885{7000 + 7 * n:04d}", "RUDI HARTONO", at=n + 2) for n in range(200)]

    pairs = match(crowd).pairs

    assert 200 < len(pairs) <= 200 * 20
    throng = [row(f"647401170885{7000 + n}", "RUDI HARTONO", at=n + 2) for n in range(1_200)]
    assert len(match(throng).pairs) < 1_200


def late(nik: str = MAN, name: str = "RUDI HARTONO", at: int = 7) -> RosterRow:
    one = row(nik, name, at=at)
    one.findings += [Finding("perhaps_deceased", "name"), Finding("row_hidden")]
    return one


def test_who_is_said_to_have_died_waits_and_changes_nobody() -> None:
    new = match([late()]).rows[0]
    there = match([late()], {MAN: known(phone="+6281255501101")}).rows[0]
    gone = match([late()], {MAN: known(status="deceased")}).rows[0]

    assert (new.outcome, new.worker_id, codes(new)[-1]) == (RowOutcome.REVIEW, None, ("perhaps_deceased", ""))
    assert (there.outcome, there.worker_id, there.changes) == (RowOutcome.REVIEW, 12, ())
    assert codes(there)[-1] == ("perhaps_deceased", "P-000012")
    assert (gone.outcome, codes(gone)[-1][0]) == (RowOutcome.REVIEW, "worker_deceased")


def test_whoever_is_named_twice_and_once_as_late_waits_too() -> None:
    first = match([late(), row(MAN, "RUDI HARTONO", at=9)]).rows
    second = match([row(MAN, "RUDI HARTONO", at=5), late(at=9)]).rows

    assert [(one.outcome, codes(one)[-1][0]) for one in first] == [
        (RowOutcome.REVIEW, "perhaps_deceased")
    ] * 2
    assert [one.outcome for one in second] == [RowOutcome.NEW, RowOutcome.REVIEW]
    assert second[1].same_as == second[0].row.place
    assert outcomes([late(), row(WOMAN, "WATI")]) == ["review", "new"]
