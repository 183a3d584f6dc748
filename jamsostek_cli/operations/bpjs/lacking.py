"""What the register does not know of people who go to BPJS, though the workbook has a column for it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from jamsostek_cli.reports.submission.layout import SubmissionLayout
from jamsostek_cli.store.bpjs.submissions import Applicant

_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "full_address": "address",
        **{
            field: field
            for field in ("birth_place", "mother_name", "family_card", "phone", "address", "occupation")
        },
        **{field: field for field in ("rt", "rw", "kelurahan")},
    }
)
"""What a roster may leave out of a person, by the field of a layout that asks for it."""


def lacking_of(applicants: Sequence[Applicant], layout: SubmissionLayout) -> dict[str, int]:
    """Return how many people lack each fact about them for which a layout has a column, in its order."""
    asked = dict.fromkeys(fact for column in layout.columns if (fact := _FACTS.get(column.field or "")))
    counts = {fact: sum(not getattr(one, fact) for one in applicants) for fact in asked}
    return {fact: heads for fact, heads in counts.items() if heads}
