"""Names as keys for comparison: degrees, titles and short forms taken out of the way."""

import re
import unicodedata
from typing import Final

from rapidfuzz.fuzz import ratio

from jamsostek_cli.roster.cells.text import word_set

_SHORT: Final = {
    **dict.fromkeys(
        (
            "M",
            "MUH",
            "MOH",
            "MHD",
            "MUHD",
            "MUHAMAD",
            "MUHAMMED",
            "MOHAMAD",
            "MOHAMMAD",
            "MOCH",
            "MOCHAMAD",
            "MOCHAMMAD",
        ),
        "MUHAMMAD",
    ),
    **dict.fromkeys(("ABD", "ABDL", "ABDOEL"), "ABDUL"),
    **dict.fromkeys(("ST", "SITTI", "STI"), "SITI"),
    **dict.fromkeys(("AKH", "AHMD", "ACHMAD", "AKHMAD", "ACH"), "AHMAD"),
    "NR": "NUR",
    "SYARIFUDDIN": "SYARIFUDIN",
}
_TITLES: Final = word_set(
    "H HJ HAJI HAJJAH DR DRS DRA DRG IR PROF KH UST USTADZ USTADZAH NY TN SDR SDRI BPK IBU ALM ALMH ALMARHUM"
)
_DEGREES: Final = word_set(
    "SE SH SPD SPDI SAG SKOM ST STP SP SSI SSOS SIP SKEP SKM SPT SPI SSN SST SPSI MM MSI MPD MKES MH MT MAP "
    "AMD AMDKEB AMDKEP AMK LC BA NS"
)
_SPECIAL: Final = _TITLES.union(_SHORT, _DEGREES)
_DEGREE: Final = re.compile(
    r"(?: +(?:[SM]\. ?(?:PD(?:\. ?I)?|E|SOS|H|KOM|T|IP|AG|AP|SI|KEP|KM|PT|TP|KES|M|PSI|HUT|FARM)|A\. ?MD)"
    r"\.?(?=[ ,.]|$))+"
)
_NOT_LETTERS: Final = re.compile(r"[^A-Z]+")
SAME_NIK: Final = 85.0
"""From here two spellings under one NIK are one person."""
_WORDS_OF_A_LOOKALIKE: Final = 2


def is_plain(word: str) -> bool:
    """Tell whether a word of a name is neither title nor short form nor degree, and all letters."""
    return word.isascii() and word.isalpha() and word not in _SPECIAL


def words(name: str) -> list[str]:
    """Return the words of a name (upper case) that tell people apart.

    >>> words("HJ. ST. NUR'AINI, S.PD")
    ['SITI', 'NURAINI']
    """
    return Name(name).words


def _words(name: str) -> list[str]:
    """Return the words of a name in which there is more than plain words."""
    name = unicodedata.normalize("NFKD", name)
    bare = _DEGREE.sub("", re.sub(r"\(.*?\)|\[.*?\]", " ", name.partition(",")[0]))
    found = _NOT_LETTERS.sub(" ", re.sub(r"['`´’‘]", "", bare)).split()
    kept = [_SHORT.get(word, word) for word in found if word not in _TITLES]
    while len(kept) > 1 and kept[-1] in _DEGREES:
        kept.pop()
    return kept or found or [name]


def key(name: str) -> str:
    """Return a name without blanks and degrees: SITI NUR HASANAH and ST. NURHASANAH share one."""
    return Name(name).joined


class Name:
    """A name taken apart once, to be compared often."""

    __slots__ = ("_sorted", "joined", "words")

    def __init__(self, name: str) -> None:
        words = name.split()
        joined = "".join(words)
        if not (joined.isascii() and joined.isalpha() and _SPECIAL.isdisjoint(words)):
            words = _words(name)
            joined = "".join(words)
        self.words = words
        self.joined = joined
        self._sorted = ""

    @property
    def sorted(self) -> str:
        """The words in alphabetical order."""
        self._sorted = self._sorted or " ".join(sorted(self.words))
        return self._sorted

    def like(self, other: "Name", cutoff: float) -> bool:
        """Tell whether two names can belong to one person: equal, a slip apart, rearranged or shortened."""
        return self.close(other, cutoff) or self.rearranged(other, cutoff)

    def close(self, other: "Name", cutoff: float) -> bool:
        """Tell whether two names are equal or a slip apart, as they stand."""
        return self.joined == other.joined or ratio(self.joined, other.joined, score_cutoff=cutoff) > 0

    def shares(self, other: "Name") -> bool:
        """Tell whether a word of one name is a word of the other."""
        return not set(self.words).isdisjoint(other.words)

    def rearranged(self, other: "Name", cutoff: float) -> bool:
        """Tell whether two names are alike in another order, or one of them is the other shortened."""
        if ratio(self.sorted, other.sorted, score_cutoff=cutoff):
            return True
        if not self.shares(other):
            return False
        shorter, longer = sorted((self, other), key=lambda name: (len(name.words), len(name.joined)))
        least = 1 if cutoff <= SAME_NIK else _WORDS_OF_A_LOOKALIKE
        return _shortened(shorter.words, longer.words, least=least)


def alike(one: str, other: str) -> bool:
    """Tell whether two names under one NIK are one person's.

    >>> alike("NI WAYAN ASTUTI", "WAYAN ASTUTI"), alike("RIDWAN", "ZAINAL DWI KURNIAWAN")
    (True, False)
    """
    return one == other or Name(one).like(Name(other), SAME_NIK)


def _shortened(shorter: list[str], longer: list[str], *, least: int) -> bool:
    """Tell whether the shorter name is the longer one with words left out or cut to initials."""
    whole = [word for word in shorter if len(word) > 1]
    if not whole or len(shorter) < least or not set(whole).issubset(longer):
        return False
    rest = iter(longer)
    return all(any(full == word or (len(word) == 1 and full[0] == word) for full in rest) for word in shorter)
