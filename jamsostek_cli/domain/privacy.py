"""Personal data: of which kind, and as what somebody stands in the file."""

from enum import StrEnum


class DataKind(StrEnum):
    """A kind of personal data; the last three are those of special kind (UU 27/2022 Pasal 4 ayat 2)."""

    IDENTITY = "identity"
    CONTACT = "contact"
    FAMILY = "family"
    CARD = "card"
    ACCOUNT = "account"
    HEALTH = "health"
    CHILD = "child"


class PersonRole(StrEnum):
    """As what somebody stands in the file."""

    WORKER = "worker"
    HEIR = "heir"
    CHILD = "child"
    CONTACT = "contact"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"
