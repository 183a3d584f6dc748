"""The steps of the schema, in order: each brings a file from one version to the next.

A step that has been released is never edited, not even a comment inside a statement, because files that were
made by it stay as they are. A change of the schema is a new step at the end, and a new sample of the release
before it (`tests/samples/files`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

_BETWEEN: Final = "\n--\n"
"""What separates statements: a trigger has semicolons inside."""


@dataclass(frozen=True, slots=True)
class SchemaStep:
    """A change of the schema under a name that is kept in every file; its SQL is packaged as `file`."""

    name: str
    file: str

    def statements(self) -> Sequence[str]:
        """Return the statements of the step, in order."""
        script = resources.files("jamsostek_cli.store.file").joinpath(self.file).read_text(encoding="utf-8")
        return script.split(_BETWEEN)


STEPS: Final = (
    SchemaStep("_foundation", "schema.sql"),  # released with 48e2d29; the name is the one in its files
    SchemaStep("person_record", "person_record.sql"),
    SchemaStep("taken_back", "taken_back.sql"),
    SchemaStep("person_found", "person_found.sql"),
    SchemaStep("officer", "officer.sql"),
    SchemaStep("agency_trade_and_changes", "agency_trade_and_changes.sql"),
    SchemaStep("family_and_circumstances", "family_and_circumstances.sql"),
    SchemaStep("change_journal", "change_journal.sql"),
    SchemaStep("month_closing", "month_closing.sql"),
    SchemaStep("counts", "counts.sql"),
    SchemaStep("enrolment_ending", "enrolment_ending.sql"),
)
"""Every step; `user_version` of a file is the number of those it has been through."""

SCHEMA_VERSION: Final = len(STEPS)
"""The version that this program works with."""
