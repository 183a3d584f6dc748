"""Pseudonyms: what stands for a NIK or a claim in a hand-over; of a NIK it is the same in every city."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

KEY_BYTES: Final = 32
"""A key has so many bytes, and is written as twice as many hexadecimal digits."""
LENGTH: Final = 16
"""So many bytes a pseudonym has: the first 128 bits of HMAC-SHA-256."""
_SPARE_BITS: Final = 2
"""A key's number fits into a whole number with a sign, and into one of other programs."""


@dataclass(frozen=True, slots=True, repr=False)
class PseudonymKey:
    """What cities share and nobody else has; with it a NIK becomes a pseudonym, and never the other way."""

    secret: bytes

    def pseudonym(self, nik: str) -> bytes:
        """Return what stands for a NIK, `LENGTH` bytes.

        >>> PseudonymKey(bytes(32)).pseudonym("6474010101017777").hex()
        'aeb65cf81ef57e44a64cdda7d1ab819f'
        """
        return hmac.digest(self.secret, nik.encode("ascii"), "sha256")[:LENGTH]

    def claim(self, city: str, number: str) -> bytes:
        """Return what stands for the number of a city's claim, `LENGTH` bytes; never what a NIK becomes.

        >>> PseudonymKey(bytes(32)).claim("64.74", "K-2025-0001").hex()
        'b3bd4c060c3a939ef67b50a0c955a583'
        """
        return hmac.digest(self.secret, f"claim {city} {number}".encode(), "sha256")[:LENGTH]

    def number(self, purpose: str) -> int:
        """Return what tells this key from others, and nothing of it: 62 bits of its HMAC of a text."""
        digest = hmac.digest(self.secret, purpose.encode("ascii"), "sha256")
        return int.from_bytes(digest[:8]) >> _SPARE_BITS


def new_key() -> str:
    """Return a new key as it stands in its file."""
    return secrets.token_hex(KEY_BYTES)
