"""Settings: switches and numbers within their range, every change on record."""

import pytest

from tests.conftest import Office


def test_a_threshold_is_set_within_its_range_and_audited(office: Office) -> None:
    changed = office.ok("db", "setting", "lookalike_score", "75", "--reason", "too many pairs")
    assert changed == {"name": "lookalike_score", "old": "65", "new": "75"}
    assert office.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == "too many pairs"


@pytest.mark.parametrize("value", ["45", "101", "on", "-70", "7000", "٧٠"])
def test_a_threshold_takes_no_other_value(office: Office, value: str) -> None:
    ran = office("db", "setting", "--reason", "x", "--", "lookalike_score", value)
    assert ran.error == "E004"
    assert "nilai lookalike_score: 46..100" in ran.err


def test_without_a_name_all_settings_are_listed(office: Office) -> None:
    office.ok("db", "setting", "office", "Dinas  Tenaga Kerja", "--reason", "kop surat")
    known = office.ok("db", "setting")
    assert known["office"] == "Dinas Tenaga Kerja"
    assert (known["four_eyes"], known["signer"]) == ("on", "")
    assert "Dinas Tenaga Kerja" in office("db", "setting").out
    assert office.ok("db", "setting", "office", "", "--reason", "salah")["old"] == "Dinas Tenaga Kerja"
    assert office.ok("db", "setting")["office"] == ""


def test_one_setting_is_shown_with_what_it_is_for_and_may_be(office: Office) -> None:
    assert office.ok("db", "setting", "head_above") == {
        "name": "head_above",
        "value": "0",
        "allowed": "0..999999999999",
        "meaning": "klaim di atas rupiah ini perlu persetujuan kepala; 0: tidak perlu",
    }
    for command in (("four_eyes",), ()):
        said = office("db", "setting", *command)
        assert "four_eyes\ton\ton|off\tklaim diperiksa oleh orang kedua" in said.out
    assert "jcli db setting four_eyes NILAI --reason TEKS" in office("db", "setting", "four_eyes").err
    assert "two names are similar" in office("--lang", "en", "db", "setting").out


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("head-above", "terdekat: head_above"),
        ("signer_tittle", "signer_title"),
        ("penanda tangan", "signer, signer_title, signer_nip;"),
        ("6474011708850017", "four_eyes"),
    ],
)
def test_a_setting_that_is_not_there_names_those_that_may_be_meant(
    office: Office, said: str, near: str
) -> None:
    for more in ((), ("x", "--reason", "x")):
        ran = office("db", "setting", said, *more)
        assert (ran.code, ran.error) == (2, "E121")
        assert near in ran.err
        assert "6474011708850017" not in ran.err


@pytest.mark.parametrize("typed", [("--reason", "x"), ("office", "Dinas"), ("office", "--reason", "x")])
def test_a_setting_is_changed_with_value_and_reason(office: Office, typed: tuple[str, ...]) -> None:
    assert office("db", "setting", *typed).error == "E002"


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("signer_nip", "19700101 199503 1 001", "197001011995031001"),
        ("signer_nip", "", ""),
        ("phone", "0541 123456", "0541 123456"),
        ("address", "Jl. Kesuma Bangsa No. 1", "Jl. Kesuma Bangsa No. 1"),
    ],
)
def test_a_text_is_kept_as_it_is_read(office: Office, name: str, value: str, stored: str) -> None:
    assert office.ok("db", "setting", name, value, "--reason", "x")["new"] == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signer_nip", "1970"),
        ("signer_nip", "A97001011995031001"),
        ("signer", "6474011708850017"),
        ("office", "x" * 121),
    ],
)
def test_a_text_that_cannot_be_is_refused(office: Office, name: str, value: str) -> None:
    ran = office("db", "setting", name, value, "--reason", "x")
    assert (ran.code, ran.error) == (2, "E004")
    assert f"nilai {name}: " in ran.err
    assert "6474011708850017" not in ran.err


@pytest.mark.parametrize("value", ["Nelayan, buruh tani", "ojek", "ya", "on", "tidak"])
def test_eligible_occupations_are_a_switch_or_a_list(office: Office, value: str) -> None:
    stored = {"ya": "on", "tidak": "off"}.get(value, value)
    assert office.ok("db", "setting", "eligible_occupation", value, "--reason", "x")["new"] == stored


@pytest.mark.parametrize(
    "value", ["", " , ", "nelayan, 7", "6474011708850017", "NIK 6474011708850017", "x" * 601]
)
def test_a_list_of_occupations_that_cannot_be_is_refused(office: Office, value: str) -> None:
    ran = office("db", "setting", "eligible_occupation", value, "--reason", "x")
    assert ran.error == "E004"
    assert "6474011708850017" not in ran.err
    assert office("db", "setting", "eligible_residence", "Guntung", "--reason", "x").error == "E004"
