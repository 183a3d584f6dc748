"""Every letter there is, and the files it can be written to."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.letters import LetterKind
from jamsostek_cli.reports.letters import forms, pdf, receipts, sheet, to_family, word
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
    {".pdf": pdf.write, ".docx": word.write}
)
"""Who writes a paper, by the ending of the file's name."""
