"""What the screen shows can be typed: every word of every enumeration, in both languages, is read back."""

from collections import Counter
from enum import StrEnum

import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import Payer, Programme, Sector
from jamsostek_cli.messages import LANGUAGES, catalogue
from jamsostek_cli.reports.coverage.dimensions import DIMENSIONS
from jamsostek_cli.rules.claim.scholarship import Level, Work
from jamsostek_cli.tables.table import Kind
from jamsostek_cli.tables.typed import AmbiguousWordError, keyed, member, plain
from jamsostek_cli.tables.wording import kind_of, word
from tests.support import spoken

SHOWN = [kind for kind in spoken.enumerations() if kind not in {Kind, Level, Programme, Work}]


def spellings(said: str) -> set[str]:
    """Return how a word of the screen may be typed."""
    return {
        said,
        said.upper(),
        said.casefold(),
        f"  {said} ",
        said.replace(" ", "  "),
        said.replace(" ", "-"),
    }


@pytest.mark.parametrize("in_use", LANGUAGES)
@pytest.mark.parametrize("kind", SHOWN, ids=kind_of)
def test_every_word_and_code_of_an_enumeration_can_be_typed(kind: type[StrEnum], in_use: str) -> None:
    messages.use(in_use)
    codes = {plain(each.value) for each in kind}
    for language in LANGUAGES:
        words = {each: catalogue(language)[f"{kind_of(kind)}.{each.value}"] for each in kind}
        times = Counter(plain(said) for said in words.values())
        for each, said in words.items():
            for spelling in {each.value, each.value.upper(), *spellings(said)}:
                if plain(spelling) == plain(said) and plain(said) not in codes and times[plain(said)] > 1:
                    with pytest.raises(AmbiguousWordError) as refused:
                        member(spelling, kind)
                    assert word(each) in refused.value.names
                elif plain(spelling) != plain(said) or plain(said) not in codes:
                    assert member(spelling, kind) is each, spelling


@pytest.mark.parametrize("in_use", LANGUAGES)
def test_what_else_things_are_called_is_read_too_and_belongs_to_one_of_them(in_use: str) -> None:
    messages.use(in_use)
    kinds = {kind_of(kind): kind for kind in SHOWN}
    counted = 0
    for language in LANGUAGES:
        for key, said in catalogue(language).items():
            family, _, code = key.removeprefix("also.").partition(".")
            if key.startswith("also.") and family in kinds:
                for name in said.split(", "):
                    assert member(name, kinds[family]) == code, (key, name)
                    counted += 1
    assert counted


@pytest.mark.parametrize("in_use", LANGUAGES)
def test_a_breakdown_is_named_by_its_heading(in_use: str) -> None:
    messages.use(in_use)
    for language in LANGUAGES:
        for dimension in DIMENSIONS:
            for said in (dimension, catalogue(language)[f"col.{dimension}"]):
                assert keyed(said, DIMENSIONS, "col") == dimension
    assert keyed("umur", DIMENSIONS, "col") == "age"
    assert keyed("zodiak", DIMENSIONS, "col") is None


def test_the_first_words_of_a_name_are_enough_where_they_mean_one_thing() -> None:
    assert member("sudah punya pemberi kerja", EndReason) is EndReason.EMPLOYED
    assert member("sudah meninggal", EndReason) is EndReason.DECEASED_ERROR
    assert member("jaminan kematian", ClaimKind) is ClaimKind.JKM
    assert member("ojek", Sector) is Sector.TRANSPORT
    assert member("lunas", ClaimState) is ClaimState.PAID
    assert member("suda", EndReason) is None
    assert member("kecelakaan kerja", Cause) is Cause.WORK_ACCIDENT, "a whole name, not the beginning of one"


@pytest.mark.parametrize(
    ("said", "kind", "names"),
    [
        ("sudah", EndReason, ("sudah punya pemberi kerja (PU)", "sudah meninggal sebelum didaftarkan")),
        ("kecelakaan", Cause, ("kecelakaan di luar kerja", "kecelakaan kerja")),
        ("apbd", Payer, ("APBD Kota", "APBD Provinsi")),
    ],
)
def test_a_word_of_several_things_is_refused_by_naming_them(
    said: str, kind: type[StrEnum], names: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousWordError) as refused:
        member(said, kind)
    assert refused.value.names == names
    messages.use("en")
    with pytest.raises(AmbiguousWordError) as in_english:
        member(said, kind)
    assert set(in_english.value.names).isdisjoint(names)
    assert member(said, kind, whole=True) is None


def test_nothing_and_nonsense_mean_nothing() -> None:
    for said in ("", " - ", "xyz", "apbd-kota-x"):
        assert member(said, Payer) is None
