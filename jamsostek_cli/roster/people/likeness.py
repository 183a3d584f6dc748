"""How likely two records under different NIKs are one person: a score with its reasons, for and against."""

from operator import ne
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from jamsostek_cli.domain.worker import Facts
from jamsostek_cli.roster.cells.names import Name


class Thresholds(NamedTuple):
    """From which score a pair is shown to an officer, and from which share of letters names are similar."""

    score: int = 65
    name: int = 88


class ComparedPerson(NamedTuple):
    """Somebody to be compared."""

    nik: str
    facts: Facts
    name: Name


class Likeness(NamedTuple):
    """A score from 0 to 100 and the codes of what speaks for it, then of what speaks against it."""

    score: int
    reasons: tuple[str, ...]


POINTS: Final = {
    "name_equal": 45,
    "name_similar": 38,
    "name_near": 25,
    "birth_date": 30,
    "birth_date_swapped": 18,
    "birth_date_near": 12,
    "nik_slip": 25,
    "nik_serial_slip": 5,
    "family_card": 20,
    "mother": 15,
    "phone": 15,
    "age": 12,
    "rt_rw": 5,
    "kelurahan": 5,
    "nik_region": 4,
    "kelurahan_differs": -6,
    "sex_differs": -25,
    "mother_differs": -30,
    "birth_date_differs": -35,
    "age_differs": -35,
}
"""What each reason weighs. A name alone never reaches the lowest score that can be set (46)."""

NEAR: Final = 13
"""So far below the threshold a name still counts where much else agrees: RUSLI and RUSLY."""
_STEM: Final = 12
_REGION: Final = 6
_TWIN_SERIALS: Final = 3
_MOTHERS_ALIKE: Final = 80
_MOTHERS_APART: Final = 62
_SWAPPED: Final = 2
_COMMON: Final = frozenset("MUHAMMAD SITI ABDUL AHMAD NUR ANDI NI I SRI".split())
"""First words that brothers and sisters share."""


def slip(one: str, other: str) -> bool:
    """Tell whether two numbers differ by one digit, or by two neighbours that changed places.

    >>> slip("1234", "1235"), slip("1234", "1324"), slip("1234", "1243"), slip("1234", "4231")
    (True, True, True, False)
    """
    apart: int = sum(map(ne, one, other))
    if apart != _SWAPPED:
        return apart == 1
    first = next(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return one[first : first + 2] == other[first : first + 2][::-1]


def twins(one: ComparedPerson, other: ComparedPerson) -> bool:
    """Tell whether two are like twins: registered one after the other, under different first names."""
    near = one.nik[:_STEM] == other.nik[:_STEM] and (
        abs(int(one.nik[_STEM:]) - int(other.nik[_STEM:])) <= _TWIN_SERIALS
    )
    return near and _first_name(one.name) != _first_name(other.name)


def _first_name(name: Name) -> str:
    return next((word for word in name.words if word not in _COMMON), name.words[0])


def score(one: ComparedPerson, other: ComparedPerson, thresholds: Thresholds) -> Likeness:
    """Weigh what two people have in common: 0 without a similar name, or for twins."""
    named = _name(one.name, other.name, thresholds.name)
    if named is None or twins(one, other):
        return Likeness(0, ())
    slipped = slip(one.nik, other.nik)
    born = _birth(one.facts.birth_date, other.facts.birth_date)
    if slipped and born in {"birth_date_swapped", "birth_date_near"}:
        born = None  # the slip explains the date that was read off the NIK, and is counted once
    neighbours = one.nik[:_STEM] == other.nik[:_STEM]  # of one day and place: a serial apart is no slip yet
    slip_kind = "nik_serial_slip" if neighbours else "nik_slip"
    found = [named, born, slip_kind if slipped else None, *_around(one.facts, other.facts)]
    if one.nik[:_REGION] == other.nik[:_REGION]:
        found.append("nik_region")
    reasons = sorted((reason for reason in found if reason), key=lambda reason: -POINTS[reason])
    return Likeness(max(0, min(100, sum(POINTS[reason] for reason in reasons))), tuple(reasons))


def _name(one: Name, other: Name, similar: int) -> str | None:
    if not one.like(other, similar - NEAR):
        return None
    if one.joined == other.joined:
        return "name_equal"
    return "name_similar" if one.like(other, similar) else "name_near"


def _birth(one: str | None, other: str | None) -> str | None:
    if not one or not other:
        return None
    if one == other:
        return "birth_date"
    if one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return "birth_date_swapped"
    return "birth_date_near" if slip(one, other) else "birth_date_differs"


def _around(one: Facts, other: Facts) -> list[str | None]:
    """Compare sex, mother, family card, phone and address."""
    same_place = one.kelurahan_code == other.kelurahan_code
    place = (
        ("kelurahan" if same_place else "kelurahan_differs")
        if _both(one.kelurahan_code, other.kelurahan_code)
        else None
    )
    return [
        "family_card" if one.family_card and one.family_card == other.family_card else None,
        _mother(one.mother_name, other.mother_name) if _both(one.mother_name, other.mother_name) else None,
        "phone" if one.phone and one.phone == other.phone else None,
        place,
        "rt_rw" if same_place and one.rt and (one.rt, one.rw) == (other.rt, other.rw) else None,
        "sex_differs" if _both(one.sex, other.sex) and one.sex != other.sex else None,
    ]


def _both(one: str | None, other: str | None) -> bool:
    return bool(one and other)


def _mother(one: str | None, other: str | None) -> str | None:
    first, second = Name(one or ""), Name(other or "")
    if first.like(second, _MOTHERS_ALIKE):
        return "mother"
    return "mother_differs" if ratio(first.joined, second.joined) < _MOTHERS_APART else None
