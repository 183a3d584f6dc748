"""The verifier of a pack: each kind of forgery is named, also by a forger who sets the fingerprints right."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Office
from tests.support import auditor

_UNPACKED: list[Path] = []


@pytest.fixture
def pack(year: Office, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unpacked pack, made by the first test and copied for the others."""
    if not _UNPACKED:
        shared = tmp_path_factory.mktemp("pack") / "paket"
        shutil.copytree(auditor.unpacked(auditor.packed(year, "paket.zip")), shared)
        _UNPACKED.append(shared)
    return Path(shutil.copytree(_UNPACKED[0], tmp_path / "map"))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("02-rincian-tagihan", ";5;10000;50000", ";5;10000;50001", "JKK: Rp50000, tertulis Rp50001"),
        ("01-tagihan", ";5;84000;0;84000;", ";5;84001;0;84001;", "rinciannya tidak berjumlah Rp84001"),
        ("01-tagihan", ";84000;-16800;67200;", ";84000;-16800;67300;", "jumlah + koreksi bukan Rp67300"),
        ("03-koreksi", ";-16800", ";-16801", "koreksinya tidak berjumlah Rp-16800"),
        ("02-rincian-tagihan", "2025-01;", "2026-01;", "2026-01 APBD Kota: ada rincian tanpa tagihan"),
        ("07-orang-pada-tagihan", "2025-04\r\n", "2025-03\r\n", "JKK: 4 orang, tertulis 5"),
        ("07-orang-pada-tagihan", ";1;", ";2;", "APBD Kota susulan 2: ada orang tanpa tagihan"),
        ("01-tagihan", ";5;84000;0;", ";6;84000;0;", "5 orang dalam daftar, tertulis 6"),
        ("04-sp2d", ";252000;252000;", ";252001;252000;", "SP2D-1: Rp252001 bukan jumlah tagihan"),
        ("04-sp2d", ";252000;252000;", ";252001;252001;", "tagihan tahun ini tidak berjumlah Rp252001"),
        ("04-sp2d", "SP2D-2", "SP2D-9", "SP2D-2: ada tagihan lunas tanpa SP2D"),
        ("11-manfaat-klaim", "K-2025-0002", "K-2025-0009", "K-2025-0009: ada baris tanpa klaim"),
        ("10-klaim", "K-2025-0002", "K-2025-0009", "K-2025-0009: baris manfaatnya tidak"),
        ("12-pembayaran-klaim", ";4000000;", ";4000001;", "pembayaran dan klaim berbeda Rp1"),
        ("17-sampel-orang", "P-00000", "P-00009", "sample_people: undian dengan angka 2025"),
        ("04-sp2d", ";252000;252000;", ";252000;25x000;", "tidak terbaca: ValueError"),
        ("04-sp2d", ";252000;252000;", ";252000;", "tabel/04-sp2d.csv baris 2: banyaknya kolom lain"),
        ("01-tagihan", ";67200;SP2D-3;2025-01-10;;", ";67200;SP2D-3;2025-01-10;67200;1", "bukan Rp1"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_add_up_is_named(pack: Path, name: str, old: str, new: str, said: str) -> None:
    auditor.changed(pack, f"tabel/{name}.csv", old, new)
    code, told = auditor.verdict(pack)
    assert code == 1
    assert said in told
    assert "COCOK  sidik jari" in told


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("jejak/jejak.jsonl", '"seq": 3', '"seq": 4', "jejak/jejak.jsonl baris 3: tindakan nomor 4"),
        (
            "jejak/jejak.jsonl",
            '"origin": "',
            '"origin": "x',
            "baris 1: tindakan nomor 1 (office.init) diubah",
        ),
        ("jejak/bagian.csv", "\n2,0,", "\n2,0,f", "bagian tindakan nomor 2 bukan yang terikat di jejak"),
        ("jejak/bagian.csv", "\n2,0,", "\n99,0,", "tindakan nomor 99 tidak ada di jejak"),
        ("daftar-berkas.json", '"baris": ', '"baris": 1', "jejak/jejak.jsonl berakhir pada baris"),
        ("daftar-berkas.json", '"nama": "tabel/03-', '"nama": "tabel/33-', "tabel/33-koreksi.csv: tidak ada"),
    ],
)
def test_a_trail_that_was_changed_is_named(pack: Path, name: str, old: str, new: str, said: str) -> None:
    auditor.changed(pack, name, old, new)
    code, told = auditor.verdict(pack)
    assert code == 1
    assert said in told


def test_a_mark_from_paper_is_looked_up_and_a_pack_without_its_list_is_none(pack: Path) -> None:
    last = json.loads((pack / "daftar-berkas.json").read_text("utf-8"))["jejak"]
    seq, mark = last["baris"], last["kepala"][:16]
    for typed, code, said in (
        (mark, 0, f"COCOK  tanda {mark} dari kertas: tindakan nomor {seq}"),
        (f"{seq} : {mark.upper()}", 0, f"tindakan nomor {seq}"),
        (f"{seq - 1}:{mark}", 1, f"BEDA   tanda {mark} bukan tanda tindakan nomor {seq - 1}"),
        ("3:0123456789abcdef", 1, "TIDAK COCOK: 1 perbedaan"),
        ("1.058:0123456789abcdef", 2, "tanyakan kantor: jcli audit verify --head 1.058:0123456789abcdef"),
        ("0123456789abcdef", 2, f"TANYA  tanda 0123456789abcdef tidak ada sampai tindakan nomor {seq}"),
        (mark[:11], 2, "TANDA BELUM TERJAWAB."),
    ):
        found, told = auditor.verdict(pack, "--tanda", typed)
        assert (found, said in told, "TIDAK COCOK" in told) == (code, True, code == 1), (typed, told)
    assert auditor.verdict(pack, "--tanda")[0] == 64
    (pack / "tabel/07-orang-pada-tagihan.csv").write_text("a;b\n" * 40, "utf-8")
    assert "... dan " in auditor.verdict(pack)[1]
    (pack / "daftar-berkas.json").write_text("{}", "utf-8")
    assert auditor.verdict(pack)[0] == 1
