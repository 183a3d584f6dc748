"""The JSON of every command is a contract: its name, its keys and their types stand in a golden file."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import typer.main

from jamsostek_cli.cli.frame.app import app
from jamsostek_cli.cli.frame.group import NAMELESS
from jamsostek_cli.operations.province import drop_key
from jamsostek_cli.tables.envelope import schema
from tests.conftest import BY_LIST, ROOT, Office, Run, person
from tests.contract.shapes import shape, union
from tests.support import drops
from tests.support.workbooks import xlsx

GOLDEN = ROOT / "tests/golden/json"
WITHOUT_JSON = {"demo"}
"""Commands that run others in view and give no answer of their own."""


class Story:
    """A year of an office, told so that every answer has something in it; keeps the shape of each."""

    def __init__(self, office: Office, folder: Path, roster: Callable[..., Path]) -> None:
        self.office = office
        self.folder = folder
        self.roster = roster
        self.envelopes: dict[str, Any] = {}

    def __call__(self, *arguments: object, actor: str = "rina", today: str = "2025-08-04") -> Any:
        """Run a command that ends well, or with rows that need a person, and keep the shape of its answer."""
        ran = self.office(*arguments, "--json", actor=actor, today=today)
        assert ran.code in {0, 3}, (arguments, ran.err)
        name = ran.json["schema"].removeprefix("jcli.").partition("/")[0]
        told = shape(ran.json)
        self.envelopes[name] = union(self.envelopes[name], told) if name in self.envelopes else told
        return ran.data

    def file(self, name: str, *rows: tuple[object, ...]) -> Path:
        """Write a workbook of one sheet."""
        return xlsx(self.folder / name, {"Sheet": list(rows)})


PEOPLE = [person(n, born=f"19{70 + n}-03-0{1 + n % 9}") for n in range(12)]
TERMS = ("--payer", "apbd-kota", "--decree", "SK 1")
ANEW = ("--after-refusal", "NIK diperbaiki")
HEAD = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")


def nik(number: int) -> str:
    return str(PEOPLE[number][0])


def rosters(story: Story) -> None:
    plain = story.roster(PEOPLE, "a.xlsx")
    story("import", "--inspect", plain)
    story("import", plain, "--dry-run", "--agency", "Dinas A")
    story("import", "--apply", plain.with_name("a.xlsx.plan.json"))
    same, _, *rest = PEOPLE[0]
    alike = (f"{nik(1)[:-3]}9{nik(1)[-2:]}", *PEOPLE[1][1:])
    farmer = (*PEOPLE[2][:-1], "PETANI")
    noted = (*farmer[:3], "P", *farmer[4:])
    doubtful = story.roster(
        [(same, "ZAINAL DWI", *rest), alike, ("123", "SALAH", *rest), noted, farmer], "b.xlsx"
    )
    story("import", doubtful, "--agency", "Dinas B")
    story("import", story.roster([person(40)], "c.xlsx"))
    listed = story.roster([PEOPLE[2][:2], ("6474010101900009", "LAIN")], "d.xlsx", ("NIK", "NAMA"))
    story("import", listed, "--as", "covered-elsewhere", "--payer", "apbd-provinsi")
    story("template", story.folder / "templat.xlsx")
    story("agency", "set", "dinas b", "--sector", "transport", "--occupation", "ojek")
    story("agency", "set", "Dinas B", "--sector", "other", "--occupation", "-")
    story("agency", "list")
    story("batch", "list")
    for batch in ("B-2025-001", "B-2025-002", "B-2025-004"):
        story("batch", "show", batch)
        story("batch", "show", batch, "--notes")
    story("batch", "show", "B-2025-002", "--finding", "nik_shared_by_two_people")
    story("batch", "fix-file", "B-2025-002", "--notes", "-o", story.folder / "perbaikan.xlsx")
    story("batch", "undo", "B-2025-003", today="2025-08-05")
    story("review")
    story("worker", "duplicates")
    story("worker", "merge", "P-000002", "P-000013", "--reason", "orang yang sama")
    story("worker", "merge", "P-000002", "P-000013", "--undo", "--reason", "keliru")
    decided = story.folder / "putusan.csv"
    decided.write_text("item,decision\nP:P-000002/P-000013,different\n", encoding="utf-8")
    story("review", "--decide", decided)


def members(story: Story) -> None:
    everybody = ("enrol", "--batch", "B-2025-001", "--from", "2025-01", "--months", 9, *TERMS)
    story(*everybody, "--dry-run", today="2025-01-05")
    story(*everybody, today="2025-01-05")
    story("bpjs", "submit", "--dry-run", today="2025-01-06")
    blank = story.file("templat.xlsx", ("NIK", "NAMA", "TANGGAL LAHIR", "KODE BANK"))
    story("bpjs", "submit", "--dry-run", "--template", blank, today="2025-01-06")
    story("bpjs", "submit", "-o", story.folder / "pengajuan.xlsx", today="2025-01-06")
    story("enrol", "--everybody-not-enrolled", "--from", "2024-12", "--months", 1, *TERMS, "--dry-run")
    story("bpjs", "list")
    story("bpjs", "show", "S-2025-001")
    story("bpjs", "file", "S-2025-001", "-o", story.folder / "lagi.xlsx", "--template", blank)
    story("bpjs", "layout")
    answer = story.file(
        "jawaban.xlsx",
        HEAD,
        *((nik(n), "X", f"2401234560{n}", "BERHASIL", "") for n in range(3, 9)),
        (nik(9), "X", "", "BERHASIL", ""),
        (nik(10), "X", "", "GAGAL", "NIK tidak padan"),
        (nik(0), "X", "", "PROSES", ""),
        ("12345", "X", "", "BERHASIL", ""),
    )
    story("bpjs", "answer", answer, "--dry-run", today="2025-01-10")
    story("bpjs", "answer", answer, today="2025-01-10")
    story("bpjs", "show", "S-2025-001")
    story("bpjs", "withdraw", "S-2025-001", "--reason", "dikirim lagi")
    later = ("--from", "2026-07", "--months", 3, *TERMS, *ANEW)
    story("enrol", "--worker", "P-000011", *later)
    story("bpjs", "submit", "--dry-run")
    story("bpjs", "submit", "--dry-run", *ANEW)
    story("bpjs", "submit", "-o", story.folder / "keliru.xlsx", *ANEW)
    story("bpjs", "withdraw", "S-2025-002", "--reason", "keliru")
    list_of_members = story.file(
        "peserta.xlsx",
        HEAD,
        (nik(3), PEOPLE[3][1], "24012345603", "AKTIF", ""),
        (nik(4), "NAMA LAIN", "24012345604", "NON AKTIF", ""),
        (nik(9), PEOPLE[9][1], "24012345609", "AKTIF", ""),
        ("6474010101017777", "SIAPA", "24012345677", "AKTIF", ""),
    )
    story("bpjs", "reconcile", list_of_members)
    adopting = ("bpjs", "reconcile", list_of_members, "--adopt-cards", "--reason", "daftar BPJS")
    story(*adopting, "--dry-run")
    story(*adopting)


def contributions(story: Story) -> None:
    story("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 5_000_000, "--source", "DPA")
    story("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 6_000_000)
    story("iuran", "budget", "list")
    pay = ("--proof", "SP2D-1", "--date", "2025-01-14", "--payer", "apbd-kota")
    story("iuran", "pay", "2025-01..2025-06", *pay, "--dry-run")
    story("iuran", "pay", "2025-01..2025-06", *pay, today="2025-01-14")
    story(
        "worker",
        "death",
        "P-000005",
        "--died",
        "2025-03-10",
        "--reported",
        "2025-04-01",
        "--cause",
        "illness",
    )
    story("cover", "end", "P-000006", "--month", "2025-04", "--reason", "moved")
    story("worker", "return", "P-000006", "--reason", "kembali")
    story("enrol", "--worker", "P-000011", "--from", "2025-03", "--months", 4, *TERMS, *ANEW, "--registered")
    story("iuran", "bill", "2025-07", "--payer", "apbd-kota")
    invoice = story.file(
        "tagihan.xlsx",
        ("NIK", "NAMA", "JUMLAH IURAN"),
        (nik(3), "X", 16_800),
        (nik(4), "X", 16_800),
        (nik(7), "X", 10_000),
        (nik(7), "X", 16_800),
        ("6474010101017777", "", ""),
        ("12345", "SALAH", 16_800),
        ("", "TOTAL", 99_000),
    )
    story("iuran", "check", "2025-07", invoice)
    story("iuran", "check", "2025-07", "--heads", 9)
    for today in ("2025-08-04", "2190-01-01"):
        story("iuran", "pay", "2025-07", "--proof", "SALAH", "--date", "2025-07-03", "--payer", "apbd-kota")
        story("iuran", "void", "SALAH", "--reason", "salah bulan", today=today)
    story("iuran", "list")
    elsewhere = story.roster([PEOPLE[7][:2]], "e.xlsx", ("NIK", "NAMA"))
    span = ("--from", "2025-02", "--to", "2025-03")
    story("import", elsewhere, "--as", "covered-elsewhere", "--payer", "csr", *span)
    story("cover", "list")
    story("cover", "show", "P-000008")
    story("cover", "overlaps", "--year", 2025)
    story("cover", "gaps", "--within", 3)


def family(story: Story) -> None:
    story("claim", "heir", "add", "K-2025-0001", "SITI", "--relation", "spouse", "--phone", "081234567890")
    minor = (
        "--born",
        "2015-01-01",
        "--share",
        "25%",
        "--guardian",
        "SITI",
        "--guardian-basis",
        "penetapan 1",
    )
    story("claim", "heir", "add", "K-2025-0001", "ANAK", "--relation", "child", *minor)
    for number in ("K-2025-0001", "K-2025-0002"):
        story("claim", "contact", number, "SITI", "--phone", "081234567890")
    will = ("--relation", "will", "--nik", nik(11), "--died", "2025-08-01", "--basis", "akta 3")
    story("claim", "heir", "add", "K-2025-0001", "SAHABAT", *will)
    story("claim", "heir", "set", "K-2025-0001", "1", "--name", "SITI AMINAH", "--reason", "KTP")
    story("claim", "heir", "list", "K-2025-0001")
    story("claim", "payee", "K-2025-0001", "1", "--bank", "BRI", "--account", "0021-01-012345")
    story("claim", "visit", "K-2025-0001", "akta menyusul", "--person", "SITI", "--next", "2025-08-11")
    story("claim", "visit", "K-2025-0001", "telepon")
    story("claim", "family", "K-2025-0001")
    story("claim", "heir", "remove", "K-2025-0001", "SAHABAT", "--reason", "keliru")


def _kinds(story: Story) -> None:
    bills = ("--loss", "eye=50%", "--expense", "ambulans=900000")
    event = ("--date", "2025-03-05", "--reported", "2025-05-05")
    child = ("worker", "child")
    story(*child, "add", "P-000010", "--name", "ANDI", "--born", "2012-06-01")
    story(*child, "add", "P-000010", "--name", "BUDI", "--born", "2014-06-01")
    story(*child, "list", "P-000010")
    story(*child, "remove", "P-000010", "--child", 2, "--reason", "keliru")
    disabled = ("--kind", "jkk-disability", *event, *bills, "--child", "ANDI=SMP,bekerja PU 4")
    claim = story("claim", "add", "P-000010", *disabled)["number"]
    story("claim", "set", claim, "--months-unable", 4, "--reason", "surat dokter")


def claims(story: Story) -> None:
    dated = ("--date", "2025-03-10", "--reported", "2025-04-01")
    story("claim", "add", "P-000005", "--kind", "jkm", *dated)
    story("claim", "add", "P-000007", "--kind", "jkm", "--date", "2025-05-02", "--reported", "2025-05-05")
    story(
        "claim", "add", "P-000009", "--kind", "jkk-death", "--date", "2025-05-02", "--reported", "2025-05-05"
    )
    family(story)
    story("claim", "document", "K-2025-0001", "rekening", "--held", "family")
    story("claim", "document", "K-2025-0001", "rekening", "--take-back", "--reason", "salah orang")
    story("claim", "document", "K-2025-0001", "akta-kematian")
    story("claim", "document", "K-2025-0001")
    story("claim", "document", "K-2025-0001", "--all")
    story("db", "setting", "keep_copies", "ya", "--reason", "inspektorat")
    story("claim", "document", "K-2025-0001", "kk", "--file", story.file("kk.xlsx", ("KK",)))
    story("claim", "document", "K-2025-0001", "kk", "-o", story.folder / "keluar.xlsx")
    story("claim", "submit", "K-2025-0001", "--on", "2025-07-21", "--receipt", "BPJS/1")
    story("claim", "next", "K-2025-0001", "--on", "2025-08-11")
    story("claim", "ageing")
    outcome = ("--confirm", "full", "--reason", "sudah diperiksa")
    asked = story("claim", "show", "K-2025-0001")["needs_confirmation"]
    story("verify", "K-2025-0001", *(outcome if asked else ()), actor="budi")
    story("claim", "return", "K-2025-0001", "--reason", "periksa lagi")
    story("verify", "K-2025-0001", *(outcome if asked else ()), actor="budi")
    story("claim", "approve", "K-2025-0001", actor="tuti")
    story("pay", "K-2025-0001", "--proof", "BPJS-1", "--date", "2025-08-04", actor="sari")
    story("claim", "show", "K-2025-0001")
    story("claim", "explain", "K-2025-0001")
    story("claim", "sample", "--month", "2025-08", "--seed", 7)
    look = ("--found", "in-order", "--reason", "ditelepon")
    story("claim", "look", "K-2025-0001", *look, actor="tuti")
    story("claim", "sample", "--month", "2025-08", "--seed", 7)
    story("claim", "show", "K-2025-0001")
    story("claim", "void", "K-2025-0001", "--reason", "salah bayar", actor="sari")
    part = ("--amount", 4_000_000, "--difference", "bagian pertama")
    story("pay", "K-2025-0001", *BY_LIST, "--proof", "BPJS-2", "--date", "2025-08-04", *part, actor="sari")
    story("claim", "close", "K-2025-0001", "--reason", "putusan BPJS", actor="sari")
    story("claim", "reject", "K-2025-0002", "--for", "no-heir", "--reason", "ipar")
    story("claim", "reopen", "K-2025-0002", "--reason", "berkas baru")
    story("claim", "withdraw", "K-2025-0003", "--reason", "keliru")
    covered_twice = ("--date", "2025-03-05", "--reported", "2025-05-05")
    assert story("claim", "add", "P-000008", "--kind", "jkm", *covered_twice)["decides"]
    story("claim", "show", "K-2025-0004")
    story("claim", "print", "K-2025-0001", "kuitansi", "-o", story.folder / "kuitansi.pdf")
    visits(story)
    _kinds(story)
    story("claim", "list")


def people(story: Story) -> None:
    story("worker", "death", "P-000010", "--died", "2025-07-04")
    story("worker", "death", "P-000011", "--died", "2025-05-01")
    story("claim", "owed")
    dead = (f"{nik(0)[:-1]}9", PEOPLE[0][1], PEOPLE[0][2], "2025-05-02")
    listed = ("NIK", "NAMA", "TGL LAHIR", "TGL MENINGGAL")
    story("worker", "death", "--match", story.file("mati.xlsx", listed, dead), "--dry-run")
    story("worker", "alive", "P-000009", "--reason", "keliru")
    story("worker", "list")
    story("worker", "show", "P-000005")
    story("worker", "show", "P-000003", "--unmask", "--reason", "periksa")
    story("find", "faisal")
    story("worker", "find", PEOPLE[5][1])
    typed = ("--phone", "0812-3456-7890", "--kelurahan", "lok tuan", "--birth-date", "1-2-1972")
    more = ("--mother", "SALMA", "--address", "JL. A 1", "--family-card", "6474010101010009", "--rw", 2)
    story("worker", "set", "P-000003", *typed, *more, "--reason", "datang ke loket")
    story("worker", "show", "P-000003")
    story(
        "worker", "add", "--nik", person(77)[0], "--name", "SITI AMINAH", "--rt", 3, "--kelurahan", "Kanaan"
    )


def visits(story: Story) -> None:
    story("claim", "visits")
    story("claim", "visits", "-o", story.folder / "kunjungan.docx")
    number, name = story.office.rows("SELECT number, name FROM claim JOIN worker ON worker.id = worker_id")[0]
    back = story.file(
        "kunjungan.xlsx",
        ("KLAIM", "NAMA", "DIKUNJUNGI", "BERTEMU DENGAN", "HASIL / JANJI", "TANGGAL BERIKUT"),
        (number, name, "2025-08-01", "istri", "akta menyusul", "2025-08-09"),
        (number, name, "2026-08-01", "istri", "akta menyusul", ""),
    )
    story("claim", "visits", "--from", back)


def changes(story: Story) -> None:
    headings = ("NIK", "NAMA", "TGL MENINGGAL", "KETERANGAN", "NO HP BARU")
    known = story.office.rows("SELECT nik, name FROM v_worker WHERE status = 'active' ORDER BY id LIMIT 3")
    (dead, left, called) = known
    told = story.file(
        "perubahan.xlsx",
        headings,
        (*dead, "2025-07-01", "", ""),
        (*left, "", "berhenti 01-07-2025", ""),
        (*called, "", "", "081234567890"),
        ("6474010101017766", "SIAPA LAGI", "2025-07-01", "", ""),
    )
    story("import", told, "--as", "changes", "--dry-run")
    batch = story("import", told, "--as", "changes")["batch"]
    story("batch", "undo", batch)
    deaths = story.file("mati.xlsx", headings[:3], (*dead, "2025-07-01"), ("6474010101017766", "SIAPA", ""))
    story("worker", "death", "--from", deaths, "--dry-run")
    ends = story.file("keluar.xlsx", headings[:2], left, ("6474010101017766", "SIAPA"))
    story("cover", "end", "--from", ends, "--month", "2025-08", "--reason", "employed", "--dry-run")


def listed_claims(story: Story) -> None:
    """Read lists of claims in an office of their own, whose people are covered all the year."""
    usual, story.office = story.office, Office(story.folder / "daftar.db", story.office.run_jcli)
    ok = story.office.ok
    assert story.office("init", today="2024-12-01").code == 0
    ok("import", story.roster(PEOPLE, "daftar.xlsx"))
    terms = ("--batch", "B-2025-001", "--from", "2025-01", "--months", 8, *TERMS, "--registered")
    ok("enrol", *terms, today="2025-01-05")
    ok("iuran", "pay", "2025-01..2025-08", "--proof", "S-1", "--date", "2025-01-06", today="2025-01-07")
    headings = (
        "NIK",
        "PROGRAM",
        "TGL MENINGGAL",
        "STATUS",
        "TGL BAYAR",
        "JUMLAH",
        "NO BUKTI",
        "TGL PENGAJUAN",
    )
    died = ("JKM", "2025-05-01")
    told = story.file(
        "klaim.xlsx",
        headings,
        (nik(0), *died, "dibayar", "2025-06-02", 42_000_000, "BPJS-1", ""),
        (nik(1), *died, "dibayar", "2025-06-02", 41_000_000, "BPJS-2", "2025-05-05"),
        (nik(2), *died, "proses", "", "", "", "2025-05-05"),
        ("6474010101017766", *died, "ditolak", "", "", "", ""),
    )
    story("bpjs", "claims", told, "--dry-run")
    story("bpjs", "claims", told, "--partial")
    story("bpjs", "claims", story.file("kosong.xlsx", headings, (nik(3), *died, "proses", *[""] * 4)))
    listed = story.file("verifikasi.xlsx", ("NIK", "NAMA"), (nik(2), ""), ("6474010101017766", "SIAPA"))
    story("verify", "--from", listed, "--override", "x", "--partial", actor="budi")
    paid = story.file("bayar.xlsx", ("NIK", "JUMLAH", "TGL BAYAR"), (nik(2), 42_000_000, "2025-06-02"))
    story("pay", "--from", paid, "--payee-reason", "daftar BPJS", actor="sari")
    story.office = usual


def reports(story: Story) -> None:
    for area, workers in (("64.74", 500), ("64.74.01.1003", 40)):
        story("workforce", "set", "--year", 2025, "--area", area, "--workers", workers, "--source", "BPS")
    story("workforce", "list")
    table = story.file(
        "pekerja.xlsx",
        ("Wilayah", "Jumlah 2025", "Jumlah 2024"),
        ("Kec. Bontang Barat", 9, 8),
        ("Kota Bontang", 510, 490),
        ("Guntung", 5, 4),
        ("Jumlah", 10, 8),
    )
    story("workforce", "set", table, "--year", 2025)
    story("workforce", "set", story.file("salah.xlsx", ("Wilayah", "Jumlah 2025"), ("Loa Janan", 8)))
    story("report", "coverage", "--year", 2025, "--by", "kelurahan", "--names")
    story("report", "coverage", "--year", 2025)
    story("report", "coverage", "--year", 2025, "--by", "kelurahan,month", "--line", "joined", "--names")
    story("report", "claims", "--year", 2025)
    story("report", "monthly", "--month", "2025-06")
    story("report", "monthly", "--month", "2025-06", "--check-ahead")
    story("report", "quality", "--year", 2025)
    story("report", "forecast", "--year", 2025, "--names")
    story("report", "public-list", "--kelurahan", "Guntung", "--as-of", "2025-06-30")
    story("export", "datasette", "-o", story.folder / "publik")
    for city in drops.invented():
        drops.write(story.folder / "drop", city)
    over = ("--over", story.folder / "drop")
    for question in ("coverage", "overlaps", "claims", "totals"):
        story("province", question, *over)
    story("province", "overlaps", *over, "--for", "64.74", "-o", story.folder / "kembali.csv")
    province(story)
    story("report", "workforce", "--year", 2025)
    story("report", "iuran", "--year", 2025)
    story("report", "cover", "--year", 2025)
    story("report", "list")
    story("status")


def province(story: Story) -> None:
    key, asked = story.folder / "kunci", ("export", "parquet", "--as-of", "2025-06-30")
    story("export", "parquet", "--key-new", key)
    story("export", "parquet", "--show")
    story(*asked, "-o", story.folder / "jumlah")
    persons = ("--level", "persons", "--agreement", "PKS 1", "--key-file", key)
    story(*asked, "-o", story.folder / "orang", *persons)
    who = drop_key.read(key).pseudonym(nik(4)).hex()
    back = story.folder / "balik.csv"
    header = "city,other_city,person,payer,other_payer,first_month,last_month,monthly"
    back.write_text(f"{header}\n64.74,64.72,{who},apbd-kota,csr,2025-01,2025-02,16800\n")
    story("cover", "overlaps", "--from-province", back, "--key-file", key)


def office(story: Story) -> None:
    story("provisions")
    story("provisions", "check", *sorted((ROOT / "tests/cases").glob("*.toml")))
    story("close", "2025-07")
    story("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 170, "--source", "BPS")
    story("report", "monthly", "--month", "2025-08")
    story("close", "2025-07", "--undo", "--reason", "salah bulan", actor="budi")
    story("audit", "log")
    story("audit", "show", 2, "--rows", 3)
    story("audit", "pack", "--year", 2025, "-o", story.folder / "paket.zip")
    story("worker", "list", "-o", story.folder / "untuk-camat.xlsx")
    story("privacy", "register")
    story("privacy", "files")
    story("privacy", "deleted", "untuk-camat.xlsx", "--reason", "selesai")
    story("privacy", "report", "P-000001", "--reason", "permintaan")
    story("privacy", "breach", "--on", "2199-12-31")
    story("privacy", "purge", "--dry-run", "--reason", "JRA")
    story("officer", "add", "rina", "--role", "head", "--role", "recorder")
    story("officer", "add", "Budi", "--role", "verifier", "--login", "budi")
    story("officer", "end", "Budi", "--reason", "pindah")
    story("officer", "list")
    story("audit", "verify")
    story("db", "path")
    story("db", "migrate")
    story("db", "check")
    story("db", "setting", "lookalike_score", "70", "--reason", "coba")
    story("db", "setting")
    story("db", "setting", "four_eyes")
    story("area", "list", "--kecamatan", "Bontang Barat")
    story("area", "spelling", "Kanaan", "Kanaan Ujung")
    story("db", "workday", "2025-08-18", "on", "--reason", "pelayanan dibuka")
    story("db", "workday")
    story("db", "calendar", 2025)
    story("db", "backup")
    key = str(pyrage.x25519.Identity.generate().to_public())
    story("db", "backup", "--keep", 1, "--age", key)
    made = story("db", "backup")["path"]
    story("status")
    story("db", "restore", made, "--dry-run")
    story("db", "restore", made, "--reason", "coba")
    story("help")
    story("help", "iuran")
    story("help", "exit-codes")
    story("help", "errors")
    story("help", "findings")


def commands() -> Iterator[tuple[str, ...]]:
    """Yield every command of the tree."""

    def below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if not hasattr(command, "list_commands"):
            yield path
            return
        if NAMELESS in command.commands:
            yield path
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from below(command.get_command(context, name), (*path, name))

    yield from below(typer.main.get_command(app), ())


def envelope_of(command: tuple[str, ...]) -> str:
    return schema(" ".join(("jcli", *command))).removeprefix("jcli.").partition("/")[0]


def test_every_envelope_is_as_its_golden_says(
    tmp_path: Path, jcli: Run, roster: Callable[..., Path], golden: Callable[[str, str], None]
) -> None:
    story = Story(Office(tmp_path / "kota.db", jcli), tmp_path, roster)
    story("init", today="2024-12-01")
    for chapter in (rosters, members, contributions, claims, people, changes, listed_claims, reports, office):
        chapter(story)
    story.envelopes["error"] = shape(story.office("worker", "show", "P-999999", "--json").json)
    for name, told in sorted(story.envelopes.items()):
        golden(f"json/{name}.json", json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(story.envelopes)


def test_every_command_that_answers_in_json_has_a_golden() -> None:
    goldens = {path.stem for path in GOLDEN.glob("*.json")}
    named = {envelope_of(command) for command in commands() if command[0] not in WITHOUT_JSON}
    held = {name: {golden for golden in goldens if f"{golden}-".startswith(f"{name}-")} for name in named}
    assert {name for name, its_own in held.items() if not its_own} == set()
    assert goldens - set().union(*held.values()) == {"error"}
