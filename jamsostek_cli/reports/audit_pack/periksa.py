"""Periksa paket ini: jejak audit, sidik jari berkas, dan jumlah tabelnya. Cukup Python 3.9.

    python periksa.py [--tanda NOMOR:TANDA]

Kode keluar: 0 semua cocok, 1 ada yang beda, 2 tanda dari kertas belum terjawab, 64 salah ketik.

It runs alone inside the pack: nothing but the standard library, and Indonesian only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

MANIFEST = "daftar-berkas.json"
FIRST, YEAR = "0" * 64, 12
PURGE = "privacy.purge"
HASHED = "seq at actor command action subject reason before after previous_hash".split()
MOST, MARK, SHORTEST = 20, ("--tanda", 2), 12

Row = dict[str, str]
Rows = dict[str, list[Row]]
Found = Iterator[str]


def main(arguments: Sequence[str], folder: Path) -> int:
    """Check the pack in a folder and say what was checked; the exit codes stand above."""
    if arguments and (arguments[0], len(arguments)) != MARK:
        say("Cara pakai: python periksa.py [--tanda NOMOR:TANDA]")
        return 64
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        say(f"Paket {manifest['kota']}, tahun {manifest['tahun']}, keadaan {manifest['keadaan']}")
    except (OSError, ValueError, KeyError):
        say(f"BEDA   {MANIFEST}: tidak ada atau tidak terbaca; paket ini tidak utuh")
        return 1
    wrong = 0
    for title, check in checks(folder, manifest):
        found = list(guarded(check))
        wrong += len(found)
        say(f"{'BEDA  ' if found else 'COCOK '} {title}")
        for one in found[:MOST]:
            say(f"         {one}")
        if len(found) > MOST:
            say(f"         ... dan {len(found) - MOST} lagi")
    say(f"Tanda jejak: {manifest['jejak']['kepala'][:16]}. Bandingkan dengan tanda di atas kertas.")
    code, told = looked_up(folder, manifest, arguments[1]) if arguments and not wrong else (min(wrong, 1), "")
    say(told or f"TIDAK COCOK: {wrong} perbedaan." if wrong or told else "SEMUA COCOK.")
    return code


def looked_up(folder: Path, manifest: Any, typed: str) -> tuple[int, str]:  # noqa: ANN401 - JSON
    """Look a mark from paper up, with the number of its act or without; return the exit code, and why."""
    told, _, mark = "".join(typed.split()).lower().rpartition(":")
    seq, last = told.replace(".", ""), manifest["jejak"]["baris"]
    whole = mark if len(mark) >= SHORTEST else "-"
    named = next((str(row["seq"]) for row in entries(folder) if row["hash"].startswith(whole)), "")
    if named and seq in {"", named}:
        return 0, f"COCOK  tanda {mark} dari kertas: tindakan nomor {named}\nSEMUA COCOK."
    if named or (seq.isdecimal() and int(seq) <= last):
        return 1, f"BEDA   tanda {mark} bukan tanda tindakan nomor {seq}\nTIDAK COCOK: 1 perbedaan."
    ask = f"kertas dari sesudah itu: tanyakan kantor: jcli audit verify --head {typed}"
    said = f"TANYA  tanda {mark} tidak ada sampai tindakan nomor {last}, akhir paket ini\n       {ask}\n"
    return 2, f"{said}       kertas dari sebelumnya: jejak ini bukan jejak waktu itu\nTANDA BELUM TERJAWAB."


def say(line: str) -> None:
    """Write a line, also to a terminal that knows few letters."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")


def guarded(check: Callable[[], Found]) -> Found:
    """Yield what a check finds; what cannot be read is a difference, too."""
    try:
        yield from check()
    except (OSError, ValueError, KeyError, IndexError, TypeError, csv.Error) as error:
        yield f"tidak terbaca: {type(error).__name__} {error}"


def checks(folder: Path, manifest: Any) -> Iterator[tuple[str, Callable[[], Found]]]:  # noqa: ANN401 - JSON
    """Yield what is checked, each with a title."""
    rows: Rows = {}
    count, acts = len(manifest["berkas"]), manifest["jejak"]["baris"]
    yield (f"sidik jari {count} berkas sama dengan {MANIFEST}", lambda: files(folder, manifest))
    yield (f"jejak audit {acts} baris dihitung ulang sampai tandanya", lambda: trail(folder, manifest))
    yield ("sidik jari isi setiap tindakan sama dengan barisnya di jejak", lambda: parts(folder))
    yield ("tabel terbaca", lambda: read(folder, manifest, rows))
    yield ("rincian tagihan: orang kali tarif = jumlah", lambda: lines(rows))
    yield ("tagihan: rincian + koreksi = jumlah bayar", lambda: bills(rows))
    yield ("daftar orang = banyaknya orang pada tagihan", lambda: heads(rows))
    yield ("SP2D = tagihan yang dibayarnya", lambda: transfers(rows))
    yield ("tagihan BPJS: rincian selisih = selisih", lambda: invoices(rows))
    yield ("klaim: baris manfaat dan pembayaran = jumlahnya, per klaim dan jenis", lambda: claims(rows))
    yield ("sampel terundi ulang sama", lambda: sample(rows, manifest))


def files(folder: Path, manifest: Any) -> Found:  # noqa: ANN401 - JSON
    """Compare every file with the list."""
    for entry in manifest["berkas"]:
        path = folder / entry["nama"]
        if not path.is_file():
            yield f"{entry['nama']}: tidak ada"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            yield f"{entry['nama']}: isinya bukan yang ditulis kantor (sidik jarinya lain)"


def entries(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the trail."""
    with (folder / "jejak/jejak.jsonl").open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def rewritten(folder: Path) -> dict[int, str]:
    """Return the digests of rows that a purge has rewritten, as the last one lists them."""
    last = [entry for entry in entries(folder) if entry["action"] == PURGE][-1:]
    listed = {int(seq): digest for row in last for seq, digest in json.loads(row["after"])["rows"].items()}
    return {seq: digest for row in last for seq, digest in listed.items() if seq < row["seq"]}


def trail(folder: Path, manifest: Any) -> Found:  # noqa: ANN401 - JSON
    """Reckon the chain again from its first row."""
    number, previous, allowed = 0, FIRST, rewritten(folder)
    for number, row in enumerate(entries(folder), 1):
        hashed = [row[name] for name in HASHED]
        later = [row["origin"], row["changes"]]
        hashed += later if later[1] is not None else later[:1] if later[0] is not None else []
        digest = hashlib.sha256(json.dumps(hashed, ensure_ascii=False).encode()).hexdigest()
        known = {row["hash"], allowed.get(number)}
        if (row["seq"], row["previous_hash"]) != (number, previous) or digest not in known:
            yield f"jejak/jejak.jsonl baris {number}: tindakan nomor {row['seq']} ({row['action']}) diubah"
        previous = row["hash"]
    if [number, previous] != [manifest["jejak"][what] for what in ("baris", "kepala")]:
        yield f"jejak/jejak.jsonl berakhir pada baris {number} dengan tanda {previous[:16]}"


def parts(folder: Path) -> Found:
    """Hold the digests of what acts changed against the rows of the trail."""
    digests = defaultdict(list)
    with (folder / "jejak/bagian.csv").open(encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            digests[int(row["seq"])].append(" ".join(filter(None, (row["digest"], row["members"]))))
    for entry in entries(folder):
        known = digests.pop(entry["seq"], [])
        bound = hashlib.sha256("\n".join(known).encode()).hexdigest() if known else None
        if bound != entry["changes"]:
            yield f"jejak/bagian.csv: bagian tindakan nomor {entry['seq']} bukan yang terikat di jejak"
    for seq in digests:
        yield f"jejak/bagian.csv: tindakan nomor {seq} tidak ada di jejak"


def read(folder: Path, manifest: Any, rows: Rows) -> Found:  # noqa: ANN401 - JSON
    """Read the tables, each row by the keys of its columns."""
    for key, table in manifest["tabel"].items():
        with (folder / table["berkas"]).open(encoding="utf-8-sig", newline="") as file:
            whole = list(csv.reader(file, delimiter=";"))
        rows[key] = []
        for number, cells in enumerate(whole[1:], 2):
            if len(cells) == len(table["kolom"]):
                rows[key].append(dict(zip(table["kolom"], cells)))  # noqa: B905 - as old as Python 3.8
            else:
                yield f"{table['berkas']} baris {number}: banyaknya kolom lain"


def number(cell: str) -> int:
    """Return a figure; an empty cell is none."""
    return int(cell or 0)


def bill_of(row: Row) -> tuple[str, ...]:
    """Return which bill a row speaks of."""
    return row["month"], row["payer"], row["supplement"]


def shown(bill: Sequence[str]) -> str:
    """Return how a bill is called."""
    return " ".join(bill[:2]) + (f" susulan {bill[2]}" if bill[2] not in {"", "0"} else "")


def sums(rows: list[Row], key: Callable[[Row], Any], fact: str = "amount") -> Counter[Any]:
    """Add a figure up by what its rows speak of."""
    summed: Counter[Any] = Counter()
    for row in rows:
        summed[key(row)] += number(row[fact])
    return summed


def lines(rows: Rows) -> Found:
    """Multiply heads and rate."""
    for row in rows["bill_lines"]:
        if (reckoned := number(row["heads"]) * number(row["rate"])) != number(row["amount"]):
            yield f"{shown(bill_of(row))} {row['programme']}: Rp{reckoned}, tertulis Rp{row['amount']}"


def bills(rows: Rows) -> Found:
    """Add the lines of each bill up, and take its credits off."""
    amounts, credits_ = (sums(rows[table], bill_of) for table in ("bill_lines", "credits"))
    for row in rows["bills"]:
        bill: tuple[str, ...] = bill_of(row)
        if row["proof"] and amounts.pop(bill, 0) != number(row["amount"]):
            yield f"{shown(bill)}: rinciannya tidak berjumlah Rp{row['amount']}"
        if row["proof"] and credits_.pop(bill, 0) != number(row["correction"]):
            yield f"{shown(bill)}: koreksinya tidak berjumlah Rp{row['correction']}"
        if number(row["amount"]) + number(row["correction"]) != number(row["payable"]):
            yield f"{shown(bill)}: jumlah + koreksi bukan Rp{row['payable']}"
    for bill in {*amounts, *credits_}:
        yield f"{shown(bill)}: ada rincian tanpa tagihan"


def months(first: str, last: str) -> Iterator[str]:
    """Yield the months from one to another."""
    start, end = (int(month[:4]) * YEAR + int(month[5:]) - 1 for month in (first, last))
    yield from (f"{at // YEAR:04d}-{at % YEAR + 1:02d}" for at in range(start, end + 1))


def heads(rows: Rows) -> Found:
    """Count the people on each bill, and on each of its lines."""
    on_bill: Counter[tuple[str, ...]] = Counter()
    on_line: Counter[tuple[str, ...]] = Counter()
    for row in rows["charged"]:
        for month in months(row["first_month"], row["last_month"]):
            bill = (month, row["payer"], row["supplement"])
            on_bill[bill] += 1
            for programme in row["programmes"].split(", "):
                on_line[(*bill, row["basis"], row["sector"], programme)] += 1
    for row in rows["bill_lines"]:
        line = (*bill_of(row), row["basis"], row["sector"], row["programme"])
        if (counted := on_line.pop(line, 0)) != number(row["heads"]):
            yield f"{shown(line)} {row['programme']}: {counted} orang, tertulis {row['heads']}"
    for row in rows["bills"]:
        counted = on_bill.pop(bill_of(row), 0)
        if row["proof"] and counted != number(row["heads"]):
            yield f"{shown(bill_of(row))}: {counted} orang dalam daftar, tertulis {row['heads']}"
    for left in {key[:3] for key in (*on_bill, *on_line)}:
        yield f"{shown(left)}: ada orang tanpa tagihan"


def transfers(rows: Rows) -> Found:
    """Add up what each transfer paid."""
    paid = sums([row for row in rows["bills"] if row["proof"]], lambda row: row["proof"], "payable")
    for row in rows["transfers"]:
        if paid.pop(row["proof"], 0) != number(row["of_year"]):
            yield f"{row['proof']}: tagihan tahun ini tidak berjumlah Rp{row['of_year']}"
        if number(row["of_year"]) + number(row["of_other_years"]) != number(row["amount"]):
            yield f"{row['proof']}: Rp{row['amount']} bukan jumlah tagihan yang dibayarnya"
    for proof in paid:
        yield f"{proof}: ada tagihan lunas tanpa SP2D"


def invoices(rows: Rows) -> Found:
    """Add up what BPJS's bills differ by."""
    differ = sums(rows["invoices"], lambda row: (row["month"], row["payer"]), "difference")
    ours = sums(rows["bills"], lambda row: (row["month"], row["payer"]), "payable")
    for row in (row for row in rows["bills"] if row["theirs"]):
        key = (row["month"], row["payer"])
        if number(row["theirs"]) - ours[key] != number(row["difference"]):
            yield f"{shown((*key, ''))}: tagihan BPJS - tagihan kantor bukan Rp{row['difference']}"
        if differ[key] != number(row["difference"]):
            yield f"{shown((*key, ''))}: rincian selisih tidak berjumlah Rp{row['difference']}"


def claims(rows: Rows) -> Found:
    """Add up what each claim is worth, and what was paid of it."""
    worth, paid = (sums(rows[table], lambda row: row["number"]) for table in ("claim_lines", "payments"))
    kinds = sums(rows["payments"], lambda row: row["kind"])
    for row in rows["claims"]:
        if worth.pop(row["number"], 0) != number(row["amount"]):
            yield f"{row['number']}: baris manfaatnya tidak berjumlah Rp{row['amount']}"
        if paid.pop(row["number"], 0) != number(row["paid"]):
            yield f"{row['number']}: pembayarannya tidak berjumlah Rp{row['paid']}"
        kinds[row["kind"]] -= number(row["paid"])
    for claim in {*worth, *paid}:
        yield f"{claim}: ada baris tanpa klaim"
    for kind, rest in ((kind, rest) for kind, rest in kinds.items() if rest):
        yield f"{kind}: pembayaran dan klaim berbeda Rp{rest}"


def sample(rows: Rows, manifest: Any) -> Found:  # noqa: ANN401 - JSON
    """Draw the sample again."""
    drawn = manifest["sampel"]
    for keys, kept, what in (
        ({row["number"] for row in rows["claims"]}, "sample_claims", "number"),
        ({row["worker"] for row in rows["charged"]}, "sample_people", "worker"),
    ):
        seeded = f"{manifest['tahun']} {drawn['angka']} "
        order = {hashlib.sha256((seeded + key).encode()).hexdigest(): key for key in keys}
        again = [order[digest] for digest in sorted(order)][: drawn["banyaknya"]]
        if again != list(dict.fromkeys(row[what] for row in rows[kept])):
            yield f"{kept}: undian dengan angka {drawn['angka']} memberi sampel lain"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
