"""The catalogues: every message is used, every message asked for is there, in both languages alike."""

import re
import string
from collections.abc import Mapping
from enum import StrEnum

import pytest
from typer.main import get_command

from jamsostek_cli import manual, messages
from jamsostek_cli.cli.frame.app import app
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, CoverageLine
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.errors import ERRORS, ExitStatus
from jamsostek_cli.messages import LANGUAGES, catalogue, figures
from jamsostek_cli.reports.coverage.dimensions import DIMENSIONS
from jamsostek_cli.reports.registry import LISTS, REPORTS
from jamsostek_cli.reports.status.counts import COUNTS
from jamsostek_cli.rules.law.regulation import packaged
from jamsostek_cli.store.file.trail import journal
from jamsostek_cli.tables.table import Kind
from jamsostek_cli.tables.wording import kind_of, word
from tests.support import spoken
from tests.support.command_reference import commands

LAW = packaged()
WORDLESS = {Kind, Programme}
"""Enumerations that no screen shows as words."""
TERMS = {
    *(
        "NIK",
        "KPJ",
        "RT/RW",
        "Apache Spark",
        "CSR",
        "DuckDB",
        "BPJS",
        "BPJS Ketenagakerjaan",
        "Kelurahan",
        "Kecamatan",
        "Batch",
        "Status",
    ),
    *("Rupiah", "rupiah", "No.", "RT", "RW"),
}
"""Words of the field that are the same in both languages."""
CODES = {"opt.status", "opt.cause", "opt.by"}
"""Lists of what may be typed."""


def words() -> set[str]:
    kinds = set(spoken.enumerations()) - WORDLESS
    own = {f"{kind_of(kind)}.{member.value}" for kind in kinds for member in kind}
    own |= {f"col.{dimension}" for dimension in DIMENSIONS}
    return own | ({f"also.{word}" for word in own} & set(catalogue("id")))


def placeholders() -> set[str]:
    """Return the keys for the placeholders that options and arguments are declared with."""
    return {f"meta.{word}" for said in spoken.constants() for word in re.findall(r"[A-Z]{2,}", said)}


def parts_of_the_law() -> set[str]:
    """Return what the tables of the law name, thresholds aside."""
    values = [value.value for name in LAW.names() for value in LAW.history(name)]
    named = {part for value in values if isinstance(value, Mapping) for part in value}
    return {part for part in named if not part.isdecimal()}


def from_data() -> set[str]:
    """Return the keys that are made from data which can be counted."""
    return {
        *(f"table.by_{dimension}" for dimension in DIMENSIONS),
        *(f"col.{dimension}" for dimension in DIMENSIONS),
        *(f"report.{name}" for name in (*REPORTS, *LISTS)),
        *(f"help.report_{name}" for name in REPORTS),
        *(f"exit.{status.name.lower()}" for status in ExitStatus),
        *(f"question.{value.doubt}" for name in LAW.names() for value in LAW.history(name) if value.doubt),
        *(f"fig.{name}" for name in COUNTS),
        *(f"fig.{line}" for line in CoverageLine if line not in {*JOINED_PARTS, *LAPSED_PARTS}),
        *(f"{family}.{sex}" for family in ("sex", "also.sex") for sex in "LP"),
        *(f"part.{part}" for part in parts_of_the_law()),
        *(f"kept.{table}" for table in journal.KEYS),
        *ERRORS,
        *(f"{code}.hint" for code in ERRORS),
    }


def is_put_together(key: str) -> bool:
    """Tell whether the code makes a key of a shape that fits, from parts that stand in the code."""
    shapes = (shape.fullmatch(key) for shape in spoken.templates())
    return any(all(part in spoken.constants() for part in made.groups()) for made in shapes if made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_asked_for_is_there(language: str) -> None:
    assert (words() | from_data() | spoken.asked_by_name()) - set(catalogue(language)) == set()


def test_every_message_is_used() -> None:
    known = words() | from_data() | spoken.asked_by_name() | placeholders() | spoken.constants()
    asked = {key: key.removesuffix(".print") for key in catalogue("id")}  # said otherwise on paper
    unused = {key for key, plain in asked.items() if plain not in known and not is_put_together(plain)}
    assert unused == set()


def test_placeholders_are_declared_as_the_english_catalogue_knows_them() -> None:
    theirs, ours = (
        {said for key, said in catalogue(language).items() if key.startswith("meta.")}
        for language in LANGUAGES
    )
    shown = " ".join(option.metavar or "" for _, one in commands(get_command(app)) for option in one.params)
    assert set(re.findall(r"[A-Z]{2,}", shown)) & (theirs - ours) <= {"STATUS"}, "a word of both languages"


def test_the_test_would_see_a_message_nobody_uses_and_one_that_is_missing() -> None:
    assert not is_put_together("next.nobody-goes-there")
    assert "say.nothing" not in spoken.asked_by_name() | spoken.constants()
    assert {"col.nik", "claim_state.paid", "help.claim_add"} <= words() | spoken.asked_by_name()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_is_missing_is_an_error(language: str) -> None:
    class Colour(StrEnum):
        RED = "red"

    messages.use(language)
    with pytest.raises(KeyError, match=r"colour\.red"):
        word(Colour.RED)


def test_the_catalogues_have_the_same_keys_and_placeholders() -> None:
    indonesian, english = catalogue("id"), catalogue("en")
    assert list(indonesian) == list(english)
    for key, message in indonesian.items():
        wanted, got = (
            {name for _, name, _, _ in string.Formatter().parse(t) if name} for t in (message, english[key])
        )
        assert wanted == got, key


def test_what_one_catalogue_counts_the_other_counts_too() -> None:
    """A message that is followed by what is counted refuses a plain number in either language."""
    for key, message in catalogue("id").items():
        counted, also = (
            {name for _, name, form, _ in string.Formatter().parse(t) if form}
            for t in (message, catalogue("en")[key])
        )
        assert counted == also, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_to_type_says_words_and_no_codes(language: str) -> None:
    messages.use(language)
    pages = {topic: manual.page(topic, language) for topic in manual.TOPICS}
    for key, said in {**catalogue(language), **pages}.items():
        assert spoken.codes_to_type(said) == [], key


def test_the_test_would_see_a_code_in_a_command() -> None:
    messages.use("id")
    said = 'jcli claim list --kind jkm --state paid --kind "Jaminan Kematian" --month last --payer csr'
    assert spoken.codes_to_type(said) == ["--kind jkm", "--state paid"]


def test_one_row_is_a_row_and_two_are_rows() -> None:
    messages.use("en")
    assert messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1)) == "x.xlsx: 1 row to put right"
    two = messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1_002))
    assert two == "x.xlsx: 1,002 rows to put right"
    messages.use("id")
    seribu = messages.text("say.fix_file", path="x.xlsx", rows=figures.count(1_002))
    assert seribu == "x.xlsx: 1.002 baris untuk diperbaiki"


def test_only_terms_of_the_field_are_the_same_in_both_languages() -> None:
    for key, message in catalogue("id").items():
        assert message.strip(), key
        if message == catalogue("en")[key] and key not in CODES:
            bare = re.sub(r"\{\w*\}", "", message)
            assert bare in TERMS or message.startswith("jcli ") or not re.search(r"\w", bare), key


def test_every_code_raised_is_declared_and_every_code_declared_is_raised() -> None:
    codes = {text for text in spoken.constants() if re.fullmatch(r"E\d{3}", text)}
    assert codes == set(ERRORS)


def test_every_act_in_the_audit_trail_has_its_words() -> None:
    acts = {act for act in spoken.acts() if not act.startswith("claim.")}
    assert {"officer.add", "changes.import", "roster.import"} <= acts
    assert {f"action.{act}" for act in acts} == {key for key in catalogue("id") if key.startswith("action.")}


def test_figures_follow_the_language() -> None:
    assert figures.rupiah(-42_000_000) == "-Rp42.000.000"
    assert figures.share(0.95109) == "95,11%"
    assert figures.day("2025-12-03") == "3 Desember 2025"
    assert figures.period("2025-07") == "Juli 2025"
    messages.use("en")
    assert messages.language() == "en"
    assert figures.rupiah(42_000_000) == "Rp42,000,000"
    assert figures.share(0.95109) == "95.11%"
    assert figures.period("2025") == "2025"


def test_a_letter_is_indonesian_and_the_screen_goes_on_as_before() -> None:
    messages.use("en")
    messages.use_own({"payer.apbd-kota": "Regency"})
    with messages.speaking("id"):
        assert messages.language() == "id"
        assert messages.text("payer.apbd-kota") == "APBD Kota"
    assert messages.language() == "en"
    assert messages.text("payer.apbd-kota") == "Regency"
    with messages.speaking("en"):
        assert messages.text("payer.apbd-kota") == "Regency"
