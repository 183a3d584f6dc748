"""How an officer wants a file opened."""

from typing import NamedTuple

from jamsostek_cli.roster.files import guard


class Opening(NamedTuple):
    """A file's password, the hidden sheets to read all the same by name, and how far it may grow."""

    password: str | None = None
    sheets: tuple[str, ...] = ()
    limits: guard.Limits = guard.USUAL

    @property
    def large(self) -> bool:
        """Whether the file may be larger than usual."""
        return self.limits == guard.LARGE

    def wants(self, name: str) -> bool:
        """Tell whether a sheet was asked for by name; case and blanks around it make no other name."""
        return name.strip().casefold() in {asked.strip().casefold() for asked in self.sheets}
