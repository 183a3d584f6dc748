"""What somebody may have meant by a word that is no command, no option and no page."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

_MOST: Final = 2
_ALIKE: Final = 0.7

INDONESIAN: Final = MappingProxyType(
    {
        "ajukan": ("submit", "bpjs submit"),
        "akhiri": ("end", "cover end"),
        "anggaran": ("budget", "iuran budget"),
        "audit": ("audit",),
        "baca": ("show",),
        "bantuan": ("help",),
        "basisdata": ("db",),
        "batal": ("undo", "void", "batch undo", "claim void"),
        "bayar": ("pay",),
        "beasiswa": ("claim",),
        "berkas": ("document", "db"),
        "buka": ("reopen", "claim reopen"),
        "bulanan": ("monthly", "report monthly"),
        "cakupan": ("coverage", "report coverage"),
        "cari": ("list", "worker list"),
        "cocokkan": ("check", "reconcile", "iuran check"),
        "contoh": ("demo",),
        "daftar": ("list", "enrol"),
        "daftarkan": ("enrol",),
        "gabung": ("merge", "worker merge"),
        "ganda": ("duplicates", "overlaps", "worker duplicates"),
        "hukum": ("provisions",),
        "impor": ("import",),
        "jawaban": ("answer", "bpjs answer"),
        "jejak": ("log", "audit"),
        "kalender": ("calendar", "db calendar"),
        "kembali": ("return", "worker return", "claim return"),
        "kematian": ("death", "worker death"),
        "ketentuan": ("provisions",),
        "klaim": ("claims", "claim"),
        "laporan": ("report",),
        "lihat": ("show",),
        "masuk": ("import",),
        "meninggal": ("death", "worker death"),
        "mulai": ("init",),
        "mutu": ("quality", "report quality"),
        "orang": ("worker",),
        "paket": ("pack", "audit pack"),
        "pekerja": ("worker",),
        "pengaturan": ("setting", "db setting"),
        "penyebut": ("workforce",),
        "perbaiki": ("fix-file", "batch fix-file"),
        "peserta": ("worker",),
        "periksa": ("check", "review"),
        "perlindungan": ("cover",),
        "pindah": ("end", "cover end"),
        "prakiraan": ("forecast", "report forecast"),
        "putuskan": ("review",),
        "roster": ("import",),
        "serahkan": ("submit", "claim submit"),
        "tagihan": ("bill", "iuran bill"),
        "tambah": ("add", "claim add"),
        "tarik": ("withdraw",),
        "templat": ("template",),
        "tetapkan": ("set",),
        "tolak": ("reject", "claim reject"),
        "tulis": ("file", "bpjs file"),
        "tutup": ("close", "claim close"),
        "verifikasi": ("verify",),
    }
)
"""Indonesian words, and the commands that are meant by them."""


def near(word: str, names: Collection[str]) -> Sequence[str]:
    """Return what was probably meant, the likeliest first: names written alike, or their Indonesian words.

    >>> near("impor", ["init", "import"]), near("klaim", ["claim", "cover"]), near("xyz", ["init"])
    (['import'], ['claim'], [])
    """
    small = word.casefold()
    alike = get_close_matches(small, names, n=_MOST, cutoff=_ALIKE)
    words = get_close_matches(small, INDONESIAN, n=1, cutoff=_ALIKE)
    meant = [name for each in words for name in INDONESIAN[each] if name.partition(" ")[0] in names]
    exact = small in INDONESIAN
    ordered = dict.fromkeys([*meant, *alike] if exact else [*alike, *meant])
    return list(ordered)[:_MOST]
