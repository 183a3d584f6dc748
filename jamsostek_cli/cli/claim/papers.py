"""The papers of a claim as people call them: `surat ahli waris` for `surat-ahli-waris`."""

from jamsostek_cli.tables.table import Coded
from jamsostek_cli.tables.typed import plain


def paper(said: str) -> str:
    """Return the name on the checklist that is meant, however it is written.

    >>> paper("Surat Ahli Waris"), paper("akta-kematian")
    ('surat-ahli-waris', 'akta-kematian')
    """
    return plain(said).replace(" ", "-")


def shown_paper(name: str) -> Coded:
    """Return a paper in a cell: in words for people, by its name on the checklist for programs."""
    return Coded(name, name.replace("-", " "))
