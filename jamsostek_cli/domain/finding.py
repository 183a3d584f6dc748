"""What is wrong or doubtful about a row of a roster."""

from enum import StrEnum
from typing import Final, NamedTuple


class Severity(StrEnum):
    """What a finding does to its row."""

    REJECT = "reject"
    """The row is kept, and creates nobody."""
    REVIEW = "review"
    """The row waits for a person to decide."""
    NOTE = "note"
    """The row gets in; somebody should know."""


LOOKALIKE: Final = "possible_same_person"
"""The code of a finding that names another person whom a row may speak of."""


PERHAPS_DECEASED: Final = "perhaps_deceased"
"""The code of a finding on a row that says of its person that they have died."""


class Finding(NamedTuple):
    """One finding: a stable code, the field and the cell it concerns, and a harmless hint.

    `hint` never holds a personal value: a masked NIK, a kelurahan that was meant, a row number.
    """

    code: str
    field: str | None = None
    cell: str | None = None
    hint: str = ""
