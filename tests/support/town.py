"""The office of a made-up year: its people, its desk of files, and a second count beside the program's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jamsostek_cli.errors import ERRORS
from tests.conftest import Office, Ran, person
from tests.support.ledger import RATE, Ledger
from tests.support.workbooks import xlsx

CITY: Final = ("--payer", "apbd-kota")
COMPANY: Final = ("--payer", "csr")
PEOPLE: Final = {
    n: person(n, born=f"{1969 + n}-03-0{1 + n % 9}", name=f"PEKERJA {'ABCDEFGHIJKLMNO'[n - 1] * 3}")
    for n in range(1, 16)
}
STRANGER: Final = "6474010101807777"
Row = Sequence[object]


def nik(number: int) -> str:
    return str(PEOPLE[number][0])


def card(number: int) -> str:
    return f"240123456{number:02d}"


def names(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Return the people of a list, by number."""
    return sorted(int(row["worker"][2:]) for row in rows)


@dataclass
class City:
    """The office, its desk of files, and the second count."""

    office: Office
    desk: Path
    ledger: Ledger = field(default_factory=Ledger)

    def on(self, day: str) -> None:
        """Let time go on."""
        self.office.today = day

    def file(self, name: str, rows: Sequence[Row]) -> Path:
        """Put a workbook on the desk; its first row holds the headings."""
        return xlsx(self.desk / name, {"Data": rows})

    def ok(self, *arguments: object, review: bool = False) -> Any:
        """Run a command that goes well; with `review`, one that leaves something to a person."""
        ran = self.office(*arguments, "--json")
        assert ran.code == (3 if review else 0), (arguments, ran.out, ran.err)
        return ran.data

    def refused(self, code: str, *arguments: object) -> Ran:
        """Run a command that is refused: its code, its exit status, and no row of any table changed."""
        before = self.dump()
        ran = self.office(*arguments)
        assert (ran.error, ran.code, ran.out) == (code, ERRORS[code], ""), (arguments, ran.err)
        assert len(ran.err.splitlines()) == 2, "a sentence and a hint"
        assert self.dump() == before
        return ran

    def dump(self) -> list[str]:
        with self.office.database.reading() as connection:
            return list(connection.conn.iterdump())

    def pay(
        self,
        month: str,
        people: Collection[int],
        *,
        payer: Row = CITY,
        rate: int = RATE,
        supplement: int = 0,
        back: Collection[tuple[int, str]] = (),
    ) -> None:
        """Pay a month's bill and enter it in the second count."""
        code = str(payer[1])
        proof = ("--proof", f"{code}/{month}/{supplement}", "--date", self.office.today)
        paid = self.ok("iuran", "pay", month, *payer, *proof)
        assert paid["payable"] == len(people) * rate - len(back) * rate
        self.ledger.pay(code, month, people, rate=rate, supplement=supplement, back=back)

    def bill(self, month: str, payer: Row = CITY, *, review: bool = False) -> Any:
        """Reckon a month's bill; return it."""
        return self.ok("iuran", "bill", month, *payer, review=review)["bills"][0]

    def quarter_ends(self, day: str, heads: int) -> None:
        """Check that everything agrees at the end of a quarter with `heads` protected people."""
        self.on(day)
        month = day[:7]
        self.ledger.agrees(self.office)
        people = self.ok("cover", "list", "--on", day, "--status", "yes")["people"]
        assert names(people) == sorted(self.ledger.covered(month))
        assert len(people) == heads
        coverage = self.ok("report", "coverage", "--year", day[:4])["figures"]
        assert coverage["protected"] == coverage["closing"] == heads
        assert coverage["opening"] + coverage["joined"] - coverage["died"] - coverage["lapsed"] == heads
        for payer in ("apbd-kota", "csr"):
            forecast = self.ok("report", "forecast", "--year", day[:4], "--payer", payer)["figures"]
            assert forecast["spent"] == self.ledger.spent(payer)
        assert self.ok("db", "check")
