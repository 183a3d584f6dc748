"""`cover overlaps --from-province`: pseudonyms become this city's people, and nobody else's."""

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, person

KEY = bytes(range(32))
HEADER = "city,other_city,person,payer,other_payer,first_month,last_month,monthly"


def pseudonym(number: int, born: str | None = None) -> str:
    nik = str(person(number, born=born or f"19{70 + number}-03-0{1 + number % 9}")[0])
    return hmac.new(KEY, nik.encode(), hashlib.sha256).hexdigest()[:32]


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "kunci"
    path.write_text(KEY.hex())
    path.chmod(0o600)
    return path


@pytest.fixture
def returned(tmp_path: Path) -> Callable[..., Path]:
    """Write a file as the province does."""

    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "balik.csv"
        path.write_text("\r\n".join([header, *lines, ""]), newline="")
        return path

    return write


def test_own_people_are_found_also_where_their_records_were_merged_since(
    covered: Office, returned: Callable[..., Path], key_file: Path, tmp_path: Path
) -> None:
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "orang yang sama")
    before = covered.rows("SELECT * FROM worker"), covered.one("SELECT count(*) FROM audit")
    path = returned(
        f"64.74,64.72,{pseudonym(0)},apbd-kota,csr,2025-01,2025-03,16800",
        f"64.74,64.71,{pseudonym(0)},apbd-kota,apbn,2025-03,2025-04,16800",
        f"64.74,64.71,{pseudonym(1)},apbd-kota,apbn,2025-06,2025-06,10000",
        f"64.74,64.71,{pseudonym(4)},csr,mandiri,2025-06,2025-07,0",
        f"64.74,64.72,{'ab' * 16},apbd-kota,csr,2025-01,2025-01,16800",
        f"64.72,64.74,{pseudonym(3)},csr,apbd-kota,2025-01,2025-01,16800",
    )
    ran = covered("cover", "overlaps", "--from-province", path, "--key-file", key_file, "--json")
    assert ran.code == 3
    rows = ran.data["rows"]
    assert [(row["worker"], row["name"], row["payer"], row["other_city"]) for row in rows] == [
        ("P-000001", "BASRI AAA", "apbd-kota", "64.71, 64.72"), ("P-000005", "IRWAN AAA", "csr", "64.71"),
    ]  # fmt: skip
    assert [(row["double_months"], row["months"], row["amount"]) for row in rows] == [
        ("2025-01..2025-04 2025-06", 5, 4 * 16_800 + 10_000), ("2025-06..2025-07", 2, 0),
    ]  # fmt: skip
    assert ran.data["figures"] == {
        "overlap_people": 2, "overlap_months": 7, "overlap_amount": 77_200,
        "lines_of_others": 1, "unknown_pseudonyms": 1,
    }  # fmt: skip
    cities = ran.data["tables"]["overlaps_cities"]
    assert [(row["other_city"], row["people"], row["months"], row["amount"]) for row in cities] == [
        ("64.71", 2, 5, 43_600), ("64.72", 1, 3, 50_400),
    ]  # fmt: skip
    niks = [nik for (nik,) in covered.rows("SELECT nik FROM worker")]
    assert not any(nik in ran.out for nik in niks)
    assert (covered.rows("SELECT * FROM worker"), covered.one("SELECT count(*) FROM audit")) == before
    out = tmp_path / "ganda.csv"
    asked = ("cover", "overlaps", "--from-province", path, "--key-file", key_file, "-o", out)
    assert covered(*asked).code == 3
    assert (covered.ok("privacy", "files")[0]["file"], covered.ok("privacy", "files")[0]["people"]) == (
        "ganda.csv",
        2,
    )


@pytest.mark.parametrize(
    ("line", "header", "code", "said"),
    [
        (f"64.72,64.74,{'ab' * 16},csr,csr,2025-01,2025-01,1", HEADER, "E657", "64.72"),
        (f"64.74,64.72,{'ab' * 16},csr,csr,2025-01,2025-01,1", HEADER, "E656", "1 kode"),
        (f"64.74,64.72,{'ab' * 16},csr,csr,2025-01,2025-01", HEADER, "E655", "baris 2"),
        (f"64.74,64.74,{'ab' * 16},csr,csr,2025-01,2025-01,1", HEADER, "E655", "baris 2"),
        (f"64.74,64.72,{'ab' * 16},csr,csr,2025-02,2025-01,1", HEADER, "E655", "baris 2"),
        (f"64.74,64.72,{'ab' * 16},csr,csr,2025-13,2025-13,1", HEADER, "E655", "baris 2"),
        (f"64.74,64.72,{'ab' * 16},csr,csr,2025-01,2025-01,-1", HEADER, "E655", "baris 2"),
        ("64.74,64.72,6474010101017777,csr,csr,2025-01,2025-01,1", HEADER, "E655", "baris 2"),
        (f'64.74,64.72,{"ab" * 16},csr,"csr\n', HEADER, "E655", "baris"),
        ("", HEADER.replace("city,", "kota,", 1), "E655", "baris 1"),
        ("", "", "E655", "baris 1"),
    ],
)
def test_what_is_not_for_this_city_or_damaged_is_refused_with_its_line(
    covered: Office,
    returned: Callable[..., Path],
    key_file: Path,
    line: str,
    header: str,
    code: str,
    said: str,
) -> None:
    ran = covered(
        "cover", "overlaps", "--from-province", returned(line, header=header), "--key-file", key_file
    )
    assert (ran.code, ran.error) == (65, code)
    assert said in ran.err
    assert "6474010101017777" not in ran.err


def test_nothing_shared_is_no_finding_and_options_belong_together(
    covered: Office, returned: Callable[..., Path], key_file: Path, tmp_path: Path
) -> None:
    asked = ("cover", "overlaps", "--from-province", returned())
    ran = covered(*asked, "--key-file", key_file)
    assert (ran.code, "overlap_people\t0" in ran.out) == (0, True)
    for options in ((), ("--key-file", key_file, "--year", 2025)):
        assert covered(*asked, *options).error == "E002"
    assert covered("cover", "overlaps", "--key-file", key_file).error == "E002"
    lost = covered("cover", "overlaps", "--from-province", tmp_path / "tiada.csv", "--key-file", key_file)
    assert (lost.code, lost.error) == (66, "E201")
