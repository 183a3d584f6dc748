"""What the office does with personal data: the register that the law asks for, dated and cited."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

from jamsostek_cli import strict

_TEXTS: Final = ("name", "basis", "people", "data", "recipients")
_TYPES: Final[strict.Types] = {
    "since": (datetime.date,),
    **dict.fromkeys(_TEXTS, (dict,)),
    "citation": (str,),
    "retention": (str,),
}


class ProcessingPurpose(NamedTuple):
    """A purpose of processing; texts by language, `retention` names the provision with its years."""

    since: datetime.date
    citation: str
    retention: str
    texts: Mapping[str, Mapping[str, str]]

    def said(self, what: str, language: str) -> str:
        """Return a text in "id" or "en"."""
        return self.texts[what][language]


def read(content: str, place: str) -> tuple[ProcessingPurpose, ...]:
    """Read a register; E602 with the place for whatever is not as it should be."""
    told = strict.table(strict.toml(content, place), {"purpose": (list,)}, place, required=("purpose",))
    return tuple(_purpose(entry, f"{place} {number}") for number, entry in enumerate(told["purpose"], 1))


def _purpose(entry: object, place: str) -> ProcessingPurpose:
    facts: dict[str, Any] = strict.table(entry, _TYPES, place, required=tuple(_TYPES))
    both: strict.Types = {"id": (str,), "en": (str,)}
    texts = {what: strict.table(facts[what], both, f"{place}: {what}", required=both) for what in _TEXTS}
    return ProcessingPurpose(facts["since"], facts["citation"], facts["retention"], texts)


@lru_cache(maxsize=1)
def packaged() -> tuple[ProcessingPurpose, ...]:
    """Return the register as it is shipped."""
    file = resources.files("jamsostek_cli.rules.privacy") / "processing.toml"
    return read(file.read_text(encoding="utf-8"), file.name)
