"""Headings of survey programs, with the groups in which their questions stand."""

from collections.abc import Sequence

import pytest

from jamsostek_cli.roster.sheets.header import find
from jamsostek_cli.roster.sheets.paths import split
from tests.support.workbooks import MAN

FIELDS = {"nik": MAN, "nama": "RUDI", "tgl_lahir": "1985-08-17", "jenis_kelamin": "L", "no_hp": "0812"}
KNOWN = ("nik", "name", "birth_date", "sex", "phone")


@pytest.mark.parametrize("sign", ["-", "/", ".", ":", "::"])
@pytest.mark.parametrize(
    "group", ["identitas", "group_ab1cd", "form.person", "data/group", "Data Pribadi", "data-group"]
)
@pytest.mark.parametrize("upper", [False, True])
def test_groups_before_headings_say_nothing(sign: str, group: str, *, upper: bool) -> None:
    inner = group.replace("/", sign).replace(".", sign)
    headings = ["SubmissionDate", *(f"{inner}{sign}{own}" for own in FIELDS), "KEY", "meta-instanceID"]
    if upper:
        headings = [heading.upper() for heading in headings]
    cells = ["2026-11-01", *FIELDS.values(), "uuid:1", "uuid:1"]

    found = find([headings, cells])

    assert found is not None
    assert dict(found.columns) == {field: at for at, field in enumerate(KNOWN, 1)}
    assert found.headings == tuple(headings)


def test_each_question_may_stand_in_a_group_of_its_own() -> None:
    found = find([["a/nik", "a/nama", "b/alamat", "c/d/rt", "start"], [MAN, "RUDI", "JL. A", "1", ""]])

    assert found is not None
    assert dict(found.columns) == {"nik": 0, "name": 1, "address": 2, "rt": 3}


@pytest.mark.parametrize("group", ["istri", "ahli_waris", "kepala", "data/anak"])
def test_a_group_about_somebody_else_is_not_the_workers(group: str) -> None:
    headings = ["p/nik", "p/nama", f"{group}/nik", f"{group}/nama", f"{group}/no_hp"]
    found = find([headings, [MAN, "RUDI", MAN, "SRI", "0812"]])

    assert found is not None
    assert dict(found.columns) == {"nik": 0, "name": 1}
    assert found.ignored == tuple(f"{group.replace('_', ' ')} {own}" for own in ("nik", "nama", "no_hp"))


@pytest.mark.parametrize(
    "row",
    [
        ["NIK/KTP", "NAMA", "HUB.KEL", "DESA/KEL"],
        ["NO. KTP", "NAMA", "TEMPAT/TGL LAHIR", "L/P"],
        ["1. NIK", "2. NAMA", "3. HUB KEL", "4. HOBI"],
        ["Kel / Desa", "X / Y", "X / Z"],
        ["HUB.KEL", "HUB.KRT", "NIK", "NAMA"],
        ["hub._kel", "tgl._lahir", "hub._krt"],
        ["KODE.A", "KODE.A", "NIK", "NAMA"],
        [],
    ],
)
def test_other_signs_make_no_groups(row: Sequence[str]) -> None:
    assert split(row) == [("", text) for text in row]
