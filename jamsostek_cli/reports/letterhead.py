"""Who sends a letter, and who signs it."""

import datetime
from dataclasses import dataclass
from typing import Final

_ON_REPORTS: Final = ("office", "signer", "addressee", "report_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who sends a letter and who signs it; what the office has not said is empty.

    `addressee` gets the monthly report; `report_number` is how its number is made. `mark` is the line with
    the mark of the trail of the state that the letter speaks of.
    """

    city: str
    office: str
    address: str
    phone: str
    place: str
    signer: str
    signer_title: str
    signer_nip: str
    addressee: str = ""
    report_number: str = ""
    mark: str = ""

    @property
    def sender(self) -> str:
        """The office and its city, or the city alone."""
        return ", ".join(filter(None, (self.office, self.city)))

    @property
    def lacking(self) -> tuple[str, ...]:
        """The settings without which the monthly report has no sender, nobody to sign, or no number."""
        return tuple(name for name in _ON_REPORTS if not getattr(self, name))

    @property
    def nip(self) -> str:
        """The official's number of who signs, as it stands below a name; empty where it is not known."""
        return f"NIP {self.signer_nip}" if self.signer_nip else ""

    def signature(self, day: datetime.date) -> tuple[str, ...]:
        """Return the lines below a letter, with room to sign; none without a signer."""
        if not self.signer:
            return ()
        return (f"{self.place}, {day:%d-%m-%Y}", self.signer_title, "", "", "", self.signer, self.nip)
