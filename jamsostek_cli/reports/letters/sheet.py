"""The claim sheet: everything a verifier looks at, on paper, with room for the answer."""

import re
from typing import Final

from jamsostek_cli.messages import figures
from jamsostek_cli.reports.letters.facts import LetterFacts, born, day
from jamsostek_cli.reports.letters.forms import heirs_grid
from jamsostek_cli.reports.letters.paper import (
    DOTS,
    Block,
    FactLines,
    Paper,
    PartHeading,
    RuledTable,
    Signatures,
    Signer,
    Ticks,
    Title,
    Words,
    titled,
)

_TO_HELP: Final = re.compile(r" \(jcli [^)]*\)")
"""Where a sentence of the screen tells what to type next."""


def compose(facts: LetterFacts) -> Paper:
    """Return the sheet."""
    blocks: list[Block] = [
        Title(f"LEMBAR KLAIM {facts.number}"),
        FactLines(
            (
                ("Klaim", facts.kind_words),
                ("Keadaan", facts.state_words),
                ("Sebab", facts.cause_words),
                ("Kejadian", day(facts.event_date)),
                *([("Keterangan", "hilang di laut")] if facts.lost_at_sea else []),
                *([("Meninggal", day(facts.died_on))] if facts.died_on else []),
                ("Dilaporkan", day(facts.reported_on)),
            )
        ),
        PartHeading("Peserta"),
        FactLines(
            (
                ("Nama", f"{facts.name} ({facts.worker})"),
                ("NIK", facts.nik),
                ("Nomor kartu (KPJ)", facts.kpj or "belum ada"),
                ("Lahir", born(facts.birth_place, facts.birth_date)),
                ("Alamat", facts.lives or DOTS),
                ("Pekerjaan", facts.occupation or DOTS),
            )
        ),
        PartHeading("Manfaat"),
        *_benefit(facts),
        *_decisive(facts),
        PartHeading("Berkas: cocokkan dengan aslinya"),
        Ticks(
            (
                *((False, f"{one.name}, masuk {day(one.recorded_on)}") for one in facts.have),
                *((False, f"{words} – BELUM ADA") for words in facts.asked),
            ),
            beside=True,
        ),
        *_family(facts),
        *_history(facts),
        PartHeading("Hasil pemeriksaan"),
        Ticks(((False, "Benar dan lengkap"), (False, f"Dikembalikan, karena {DOTS * 2}"))),
        Signatures(
            (Signer(("", "Yang memeriksa,")), Signer((f"{facts.letterhead.place}, {DOTS}", "Mengetahui,")))
        ),
    ]
    return Paper(title="Lembar klaim", day=facts.today, letterhead=facts.letterhead, blocks=tuple(blocks))


def _benefit(facts: LetterFacts) -> list[Block]:
    if facts.lines:
        rows = [(what, article, figures.rupiah(amount)) for what, article, amount in facts.lines]
        rows.append(("Jumlah", "", figures.rupiah(facts.total)))
        table = RuledTable(("Untuk", "Dasar", "Rupiah"), tuple(rows), (35, 40, 25), (2,))
        return [table, *(_lost_at_sea(facts) if facts.lost_at_sea else [])]
    if facts.outcomes is None:
        return [Words("Menurut aturan hari ini tidak ada yang dibayar, atau belum dapat dihitung.")]
    lower, higher = map(figures.rupiah, facts.outcomes)
    return [Ticks(((False, higher), (False, lower))), Words(facts.question)]


def _lost_at_sea(facts: LetterFacts) -> list[Block]:
    """Ask about the funeral part, on which the sources do not agree."""
    full, funeral, without = map(figures.rupiah, (facts.total, facts.funeral, facts.total - facts.funeral))
    return [
        Words(
            f"Hilang di laut: belum pasti apakah biaya pemakaman {funeral} ikut dibayar. Jawaban BPJS"
            " Ketenagakerjaan:"
        ),
        Ticks(((False, f"ikut dibayar: {full}"), (False, f"tidak dibayar: {without}"))),
        Words(
            "BPJS Ketenagakerjaan menunggu surat asli Basarnas bahwa orangnya tidak ditemukan, biasanya tiga"
            " sampai empat bulan, lalu kira-kira dua minggu."
        ),
    ]


def _decisive(facts: LetterFacts) -> list[Block]:
    said = tuple((False, _TO_HELP.sub("", ground)) for ground in facts.decides)
    return titled("Yang menentukan", Ticks(said)) if said else []


def _family(facts: LetterFacts) -> list[Block]:
    known = (
        ("Yang dihubungi", " ".join(filter(None, (facts.contact, facts.contact_phone)))),
        ("Penerima", facts.payee or ""),
        ("Rekening", facts.account or ""),
    )
    said = tuple((label, value) for label, value in known if value)
    heirs = titled("Ahli waris", heirs_grid(facts.heirs)) if facts.heirs else []
    return [*(titled("Keluarga", FactLines(said)) if said else []), *heirs]


def _history(facts: LetterFacts) -> list[Block]:
    paid = tuple(
        (day(one.paid_on), one.payee or "", one.payer, one.proof, figures.rupiah(one.amount))
        for one in facts.payments
    )
    titles = ("Tanggal", "Penerima", "Pembayar", "Bukti", "Rupiah")
    return [
        *(titled("Pembayaran", RuledTable(titles, paid, (22, 22, 18, 18, 20), (4,))) if paid else []),
        PartHeading("Riwayat"),
        RuledTable(("Waktu", "Petugas", "Langkah"), facts.history, (30, 25, 45)),
    ]
