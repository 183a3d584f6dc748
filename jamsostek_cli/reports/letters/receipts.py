"""What somebody signs for: papers that were handed in, and money that was received."""

from typing import Final

from jamsostek_cli.messages import figures
from jamsostek_cli.reports.letters.facts import LetterFacts, LetterPayment, day
from jamsostek_cli.reports.letters.paper import (
    DOTS,
    Block,
    FactLines,
    NewPage,
    Paper,
    PartHeading,
    RuledTable,
    Signatures,
    Signer,
    Ticks,
    Title,
    Words,
)

_OFFICE: Final = "office"


def papers(facts: LetterFacts) -> Paper:
    """Return the receipt for the papers that the office has taken in."""
    kept = [one for one in facts.have if one.held_by == _OFFICE]
    rows = [
        (str(at), one.name, day(one.recorded_on), one.recorded_by) for at, one in enumerate(kept or (), 1)
    ]
    missing = [
        PartHeading("Yang masih kurang"),
        Ticks(tuple((False, words) for words in facts.asked)),
    ]
    who = f"{facts.name} ({facts.worker})"
    blocks: list[Block] = [
        Title("TANDA TERIMA BERKAS"),
        FactLines((("Nomor klaim", facts.number), ("Klaim", facts.kind_words), ("Atas nama", who))),
        Words("Kami sudah menerima berkas berikut:" if rows else "Belum ada berkas yang kami terima."),
        *(
            [RuledTable(("No.", "Berkas", "Tanggal", "Diterima oleh"), tuple(rows), (7, 48, 25, 20))]
            if rows
            else []
        ),
        *(missing if facts.missing else [Words("Berkasnya lengkap.")]),
        Words("Simpan tanda terima ini sampai klaim selesai."),
        Signatures(
            (
                Signer(("", "Yang menyerahkan,"), facts.contact or DOTS),
                Signer((f"{facts.letterhead.place}, {day(facts.today)}", "Yang menerima,"), DOTS),
            )
        ),
    ]
    return Paper(
        title="Tanda terima berkas", day=facts.today, letterhead=facts.letterhead, blocks=tuple(blocks)
    )


def money(facts: LetterFacts) -> Paper:
    """Return a receipt of money for each proof of payment; before the first, one for what is owed."""
    still = LetterPayment(amount=facts.owed or 0, paid_on=None, payee=facts.payee, payer=DOTS, proof=DOTS)
    blocks: list[Block] = []
    paid = 0
    for payment in facts.payments or (still,):
        paid += payment.amount
        note = _part(facts.total, payment.amount, paid) if facts.payments else ""
        blocks += [*([NewPage()] if blocks else []), *_received(facts, payment, note)]
    return Paper(title="Kuitansi", day=facts.today, letterhead=facts.letterhead, blocks=tuple(blocks))


def _part(due: int, amount: int, paid: int) -> str:
    """Say how a payment stands to what is due, after so many rupiah in all; "" where it is all of it."""
    whole = figures.rupiah(due)
    if paid > due:
        return f"lebih {figures.rupiah(paid - due)} dari yang menjadi hak, {whole}"
    if paid < due:
        return f"sebagian dari {whole}; sesudah pembayaran ini masih {figures.rupiah(due - paid)}"
    return "" if amount == due else f"bagian terakhir dari {whole}"


def _received(facts: LetterFacts, payment: LetterPayment, note: str) -> list[Block]:
    from lokal.terbilang import terbilang  # noqa: PLC0415 - it takes a tenth of a second to load

    amount = figures.rupiah(payment.amount)
    stamp = facts.stamp_words if payment.amount > facts.stamp_above else ""
    on = f"{facts.letterhead.place}, {day(payment.paid_on)}"
    blocks: list[Block] = [
        Title("KUITANSI"),
        FactLines(
            (
                ("Nomor bukti", payment.proof),
                ("Sudah diterima dari", payment.payer),
                ("Untuk pembayaran", f"{facts.kind_words} atas nama {facts.name}, klaim {facts.number}"),
                *([("Keterangan", note)] if note else []),
            )
        ),
        RuledTable(("Jumlah", "Terbilang"), ((amount, f"{terbilang(payment.amount)} rupiah"),), (30, 70)),
        Signatures((Signer((on, "Yang menerima,"), payment.payee or facts.payee or DOTS, stamp=stamp),)),
    ]
    if stamp:
        limit = figures.rupiah(facts.stamp_above)
        blocks.append(Words(f"Kuitansi di atas {limit} bermeterai (UU 10/2020 Pasal 3)."))
    return blocks
