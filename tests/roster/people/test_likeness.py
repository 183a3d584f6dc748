import pytest

from jamsostek_cli.domain.worker import Facts
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people.likeness import POINTS, ComparedPerson, Thresholds, score, slip, twins

NIK = "6474011708857001"


def person(name: str = "RUDI HARTONO", nik: str = NIK, **facts: str | None) -> ComparedPerson:
    return ComparedPerson(nik, Facts(name, **facts), Name(name))


def test_a_name_alone_is_nothing() -> None:
    best = max(points for reason, points in POINTS.items() if reason.startswith("name_"))
    assert best < 46
    assert score(person(), person(nik="7371010101700001"), Thresholds()) == (45, ("name_equal",))
    assert score(person(), person("EKO PUTRA"), Thresholds()) == (0, ())


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"birth_date": "1985-08-17"}, {"birth_date": "1985-08-17"}, "birth_date"),
        ({"birth_date": "1985-08-07"}, {"birth_date": "1985-07-08"}, "birth_date_swapped"),
        ({"birth_date": "1985-08-17"}, {"birth_date": "1986-08-17"}, "birth_date_near"),
        ({"birth_date": "1985-08-17"}, {"birth_date": "1990-01-02"}, "birth_date_differs"),
        ({"family_card": "1"}, {"family_card": "1"}, "family_card"),
        ({"phone": "+62812"}, {"phone": "+62812"}, "phone"),
        ({"mother_name": "SITI NURAINI"}, {"mother_name": "ST. NURAENI"}, "mother"),
        ({"mother_name": "SITI NURAINI"}, {"mother_name": "DEWI"}, "mother_differs"),
        ({"mother_name": "SALMAWATI"}, {"mother_name": "SALMIATUN"}, None),
        ({"kelurahan_code": "a", "rt": "001"}, {"kelurahan_code": "a", "rt": "001"}, "rt_rw"),
        ({"kelurahan_code": "a"}, {"kelurahan_code": "a"}, "kelurahan"),
        ({"kelurahan_code": "a"}, {"kelurahan_code": "b"}, "kelurahan_differs"),
        ({"sex": "L"}, {"sex": "P"}, "sex_differs"),
        ({"sex": "L", "birth_date": "x"}, {}, None),
    ],
)
def test_each_thing_in_common_has_its_weight(
    one: dict[str, str], other: dict[str, str], reason: str | None
) -> None:
    found = score(person(**one), person(nik="7371010101700001", **other), Thresholds())
    told = set(found.reasons) - {"name_equal", "kelurahan"}
    assert told == ({reason} - {"kelurahan", None})
    assert found.score == max(0, sum(POINTS[each] for each in found.reasons))


@pytest.mark.parametrize(
    ("other", "reason"),
    [("RUDI HARTONO, SE", "name_equal"), ("RUDI HARTOMO", "name_similar"), ("RUDY HARTANTO", "name_near")],
)
def test_names_are_equal_similar_or_near(other: str, reason: str) -> None:
    assert reason in score(person(), person(other, nik="7371010101700001"), Thresholds()).reasons


def test_a_slip_in_the_nik_counts_and_explains_the_date_read_off_it() -> None:
    assert slip(NIK, "6474011708957001")
    assert not slip(NIK, "6474011708857001")
    found = score(
        person(birth_date="1985-08-17"), person(nik="6474011708957001", birth_date="1995-08-17"), Thresholds()
    )
    assert found.reasons == ("name_equal", "nik_slip", "nik_region")


def test_twins_are_kept_apart_also_behind_a_name_they_share() -> None:
    second = "6474011708857002"
    assert twins(person("MUHAMMAD HASAN"), person("MUHAMMAD HUSAN", second))
    assert score(person("RAYYAN SAPUTRA"), person("ZAYYAN SAPUTRA", second), Thresholds()).score == 0
    assert not twins(person("MUHAMMAD"), person("MUHAMMAD", second))
    assert not twins(person("RAYYAN"), person("ZAYYAN", "6474011708857101"))
