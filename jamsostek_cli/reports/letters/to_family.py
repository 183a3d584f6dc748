"""The letter to the family: what it gets, what is missing, where to go in which order, until when."""

from collections.abc import Iterator
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.letters.facts import LetterFacts, day, paper_words
from jamsostek_cli.reports.letters.paper import (
    DOTS,
    Block,
    FactLines,
    Paper,
    PartHeading,
    RuledTable,
    Signatures,
    Signer,
    Steps,
    Ticks,
    Words,
)
from jamsostek_cli.rules.claim.explanation import TooFewMonths

_STATIONS: Final = (
    (
        ("surat-kematian", "akta-kematian"),
        (
            "Rumah sakit, puskesmas atau kelurahan: minta surat keterangan kematian, dan laporkan kematiannya"
            " kepada ketua RT (UU 24/2013 Pasal 44)."
        ),
    ),
    (("surat-basarnas",), "Basarnas: {papers}."),
    (
        (
            "akta-kematian",
            "kartu-keluarga",
            "ktp-almarhum",
            "ktp-ahli-waris",
            "akta-kelahiran",
            "ktp-peserta",
            "ktp-wali",
        ),
        "Dinas Kependudukan dan Pencatatan Sipil: {papers}.",
    ),
    (("buku-nikah",), "KUA atau Pencatatan Sipil: {papers}."),
    (
        ("penetapan-kematian", "penetapan-wali", "penetapan-ahli-waris"),
        "Pengadilan (bagi yang beragama Islam: Pengadilan Agama): {papers}.",
    ),
    (
        ("laporan-polisi",),
        ("Kepolisian: {papers}; atau Jasa Raharja: suratnya. Bila keduanya tidak ada: keterangan dua saksi."),
    ),
    (
        ("formulir-kk3", "formulir-pak3", "surat-dokter"),
        "Dokter atau rumah sakit yang merawat: {papers}.",
    ),
    (
        ("surat-ahli-waris", "surat-kuasa", "surat-pemakaman"),
        (
            "Kelurahan, lalu kecamatan: {papers}; ditandatangani para ahli waris dan dua saksi, bermeterai."
            " Formulirnya dapat kami siapkan."
        ),
    ),
    (("akta-wasiat",), "Notaris: {papers}."),
    (("surat-sekolah", "rapor"), "Sekolah: {papers}."),
    (("npwp",), "Kantor pajak: {papers}."),
    (("rekening",), "Bank: {papers}, atas nama yang menerima."),
)
"""Where papers are had, in the order in which one needs the other."""

_AFTER_A_SEARCH: Final = (
    (
        ("surat-basarnas",),
        (
            "Basarnas: {papers}. Surat itu biasanya keluar tiga sampai empat bulan sesudah"
            " kejadian; tanpa itu BPJS Ketenagakerjaan belum dapat membayar."
        ),
    ),
    (
        ("penetapan-kematian", "penetapan-wali", "penetapan-ahli-waris"),
        "Pengadilan (bagi yang beragama Islam: Pengadilan Agama), dengan surat Basarnas: {papers}.",
    ),
    (
        ("akta-kematian",),
        (
            "Dinas Kependudukan dan Pencatatan Sipil, dengan penetapan pengadilan: {papers} (UU 24/2013 Pasal"
            " 44 ayat (4))."
        ),
    ),
    *_STATIONS[2:],
)
"""The same where nobody was found: no hospital saw the dead, and the registry waits for a court."""


def compose(facts: LetterFacts) -> Paper:
    """Return the letter."""
    dead = f"{facts.deceased} " if facts.is_death and not facts.lost_at_sea else ""
    subject = f"Hak keluarga {dead}{facts.name}" if facts.is_death else f"Hak {facts.name}"
    to = facts.contact or (f"Keluarga {dead}{facts.name}" if facts.is_death else facts.name)
    blocks: list[Block] = [
        FactLines(
            (
                ("Tempat, tanggal", f"{facts.letterhead.place}, {day(facts.today)}"),
                ("Nomor", DOTS),
                ("Hal", subject),
                ("Nomor klaim", facts.number),
            )
        ),
        Words(f"Yth. {to}" + (f", {facts.lives}" if facts.lives else "")),
        Words(_opening(facts)),
        PartHeading("Yang menjadi hak keluarga" if facts.is_death else "Yang menjadi hak Bapak/Ibu"),
        *_benefit(facts),
        PartHeading("Berkas"),
        *_papers(facts),
        *_errands(facts),
        *_lapse(facts),
        Words(_reach(facts)),
        Signatures((_signer(facts),)),
    ]
    return Paper(
        title="Surat kepada keluarga", day=facts.today, letterhead=facts.letterhead, blocks=tuple(blocks)
    )


def _signer(facts: LetterFacts) -> Signer:
    head = facts.letterhead
    title = head.signer_title or head.office or f"Petugas {head.city}"
    return Signer((title,), head.signer or DOTS, head.nip)


def _opening(facts: LetterFacts) -> str:
    if not facts.is_death:
        return (
            f"Menurut catatan kami {facts.name} ({facts.worker}) terdaftar sebagai peserta BPJS"
            f" Ketenagakerjaan, dan untuk kejadian pada {day(facts.event_date)} berlaku"
            f" {facts.kind_words}. Dengan surat ini kami sampaikan haknya dan cara mengurusnya."
        )
    if facts.lost_at_sea:
        return (
            f"Kami turut prihatin atas hilangnya {facts.name} di laut pada {day(facts.event_date)}."
            f" {facts.name} terdaftar sebagai peserta BPJS Ketenagakerjaan, sehingga berlaku"
            f" {facts.kind_words}. Dengan surat ini kami sampaikan hak keluarga dan cara mengurusnya."
        )
    died = day(facts.died_on or facts.event_date)
    return (
        f"Kami turut berdukacita atas meninggalnya {facts.name} pada {died}. Semasa hidup {facts.deceased}"
        f" terdaftar sebagai peserta BPJS Ketenagakerjaan, sehingga berlaku {facts.kind_words}. Dengan surat"
        " ini kami sampaikan hak keluarga dan cara mengurusnya."
    )


def _benefit(facts: LetterFacts) -> list[Block]:
    who = facts.name if facts.lost_at_sea else facts.deceased
    more = [Words(said) for said in _search(facts)] if facts.lost_at_sea else []
    if facts.most_children is not None:
        also = (
            f"Bila {who} meninggalkan anak yang bersekolah, paling banyak"
            f" {figures.count(facts.most_children)} anak dapat memperoleh beasiswa menurut syaratnya;"
            " tanyakan kepada kami."
        )
        more.append(Words(also))
    if facts.lines:
        rows = [(what, figures.rupiah(amount)) for what, _, amount in facts.lines]
        every = "Jumlah, bila biaya pemakaman ikut dibayar" if facts.lost_at_sea else "Jumlah"
        rows.append((every, figures.rupiah(facts.total)))
        receiver = "ahli waris" if facts.is_death else "penerima"
        paid = f"Santunan dibayarkan langsung ke rekening {receiver}, tanpa perantara."
        why = [Words(_too_few(facts.too_few))] if facts.too_few is not None else []
        return [RuledTable(("Untuk", "Rupiah"), tuple(rows), (70, 30), (1,)), *why, Words(paid), *more]
    if facts.outcomes is not None:
        lower, higher = map(figures.rupiah, facts.outcomes)
        said = f"Jumlahnya belum pasti: {higher} atau {lower}, menurut keputusan BPJS Ketenagakerjaan."
        return [Words(said), *more]
    return [Words("Jumlahnya masih kami periksa; kami akan memberi kabar."), *more]


def _too_few(few: TooFewMonths) -> str:
    """Say why it is not the whole sum, and what would change that."""
    missing = figures.months(f"{few.missing.first}..{few.missing.last}")
    return (
        f"Santunan penuh diberikan bila iuran sudah dibayar sedikitnya {few.minimum} bulan penuh"
        f" berturut-turut sebelum meninggal. Menurut catatan kami iuran dibayar sejak"
        f" {figures.period(str(few.first))}, baru {few.complete} bulan penuh, sehingga yang dibayarkan hanya"
        f" yang di atas. Yang kurang: {missing}. Bila keluarga mempunyai bukti bahwa bulan itu sudah dibayar,"
        " bawalah kepada kami."
    )


def _search(facts: LetterFacts) -> Iterator[str]:
    """Yield what is not certain where nobody was found, and what everybody waits for."""
    if facts.lines:
        without = figures.rupiah(facts.total - facts.funeral)
        yield (
            f"Biaya pemakaman {figures.rupiah(facts.funeral)} belum pasti ikut dibayar bila orangnya tidak"
            f" ditemukan; kami menanyakannya kepada BPJS Ketenagakerjaan. Tanpa itu jumlahnya {without}."
        )
    yield (
        "BPJS Ketenagakerjaan menunggu surat asli Basarnas bahwa orangnya tidak ditemukan. Surat itu biasanya"
        " keluar tiga sampai empat bulan sesudah kejadian; sesudah itu pembayaran kira-kira dua minggu."
    )


def _papers(facts: LetterFacts) -> list[Block]:
    if not facts.missing and not facts.have:
        return [Words("Berkas yang diperlukan masih kami tanyakan kepada BPJS Ketenagakerjaan.")]
    if not facts.missing:
        return [Words("Semua berkas sudah kami terima. Tidak ada lagi yang harus diurus.")]
    have = [one.name for one in facts.have]
    got = [Words(f"Sudah kami terima: {', '.join(have)}.")] if have else []
    lacking = Ticks(tuple((False, words) for words in facts.asked), beside=True)
    return [*got, Words("Masih kurang:"), lacking]


def _errands(facts: LetterFacts) -> list[Block]:
    """Return where to go for what is missing, in the order in which one paper needs the other."""
    if not facts.missing:
        return []
    return [PartHeading("Urutan mengurusnya"), Steps(tuple(_steps(facts)))]


def _steps(facts: LetterFacts) -> list[str]:
    steps, told, missing = [], set[str](), facts.missing
    for names, said in _AFTER_A_SEARCH if facts.lost_at_sea else _STATIONS:
        done = told if facts.lost_at_sea else ()
        here = [name for name in missing if name in names and name not in done]
        if here:
            steps.append(said.format(papers=", ".join(map(paper_words, here))))
            told |= set(here)
    rest = [paper_words(name) for name in missing if name not in told]
    if rest:
        steps.append(f"Di kantor kami, bawalah atau isilah: {', '.join(rest)}.")
    steps.append(
        "Serahkan berkasnya kepada kami atau langsung kepada BPJS Ketenagakerjaan; simpan tanda terimanya."
    )
    return steps


def _lapse(facts: LetterFacts) -> list[Block]:
    """Say until when the right can be claimed, where nobody has claimed it yet.

    Of other kinds nothing is known that a letter may promise.
    """
    if facts.filed:
        return []
    if facts.lapses_on is not None:
        last = f"Hak ini harus diajukan paling lambat {day(facts.lapses_on)}."
        return [PartHeading("Sampai kapan"), Words(f"{last} Sampai hari itu tidak ada yang hilang.")]
    if facts.kind is ClaimKind.JKM:
        never = (
            "Tidak ada batas waktu untuk mengajukan hak ini. Bila ada yang belum lengkap, keluarga tetap"
            " dapat mengurusnya kemudian."
        )
        return [PartHeading("Hak ini tidak hangus"), Words(never)]
    return []


def _reach(facts: LetterFacts) -> str:
    phone = facts.letterhead.phone
    how = f"telepon {phone}" if phone else "datanglah ke kantor kami"
    return f"Ada pertanyaan, atau ada berkas yang sulit diperoleh: {how}, dan sebutkan nomor {facts.number}."
