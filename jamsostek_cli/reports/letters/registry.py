"""Every letter there is, and the files it can be written to."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.letters import LetterKind
from jamsostek_cli.reports.letters import forms, html, pdf, receipts, sheet, to_family, word
from jamsostek_cli.reports.letters.facts import LetterFacts
from jamsostek_cli.reports.letters.paper import Paper

COMPOSED: Final[Mapping[LetterKind, Callable[[LetterFacts], Paper]]] = MappingProxyType(
    {
        LetterKind.LETTER: to_family.compose,
        LetterKind.SHEET: sheet.compose,
        LetterKind.RECEIPT: receipts.papers,
        LetterKind.KUITANSI: receipts.money,
        LetterKind.HEIRS: forms.heirs,
        LetterKind.ATTORNEY: forms.attorney,
    }
)
"""How each letter comes about."""

WRITERS: Final[Mapping[str, Callable[[Paper, Path], None]]] = MappingProxyType(
    {
        ".pdf": pdf.write,
        ".docx": word.write,
        ".html": html.write,
        ".png": pdf.write_png,
        ".svg": pdf.write_svg,
    }
)
"""Who writes a paper, by the ending of the file's name."""

LETTERS: Final = (".pdf", ".docx")
"""What a letter is written as: to be signed, and to be written on."""
PICTURES: Final = frozenset({".png", ".svg"})
