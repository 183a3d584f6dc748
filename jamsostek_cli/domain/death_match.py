"""What becomes of a death in a list that is held against the register."""

from enum import StrEnum


class MatchState(StrEnum):
    """What became of somebody who may be one of a list of the dead; the words are stable."""

    RECORDED = "recorded"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    DIFFERENT = "different"
    IMPOSSIBLE = "impossible"
