"""Every way a command can fail: a stable code, an exit status, and the facts of the case.

The sentences stand in `jamsostek_cli.messages` under the same codes, in both languages.
A fact must never be a personal value: give the place (file, sheet, cell, number), not the content.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final, Self


class ExitStatus(IntEnum):
    """What a command tells the shell; explained by `jcli help exit-codes`, never renumbered."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    REVIEW = 3
    DATA = 65
    NOT_FOUND = 66
    UNAVAILABLE = 69
    BUG = 70
    BUSY = 75
    NOT_PERMITTED = 77
    CONFIGURATION = 78
    INTERRUPTED = 130


_BY_STATUS: Final[Mapping[ExitStatus, str]] = {
    ExitStatus.REFUSED: """
        E001
        E107 E140 E146 E148
        E208 E212 E213 E214 E216 E217 E226
        E305 E306 E307 E308 E320 E322 E323 E325 E326 E327 E331 E336 E338 E339 E341 E346 E347 E350 E354 E355
        E360 E361 E362 E363 E364 E365 E366 E368 E369 E370 E371 E372 E373 E374 E375 E376 E378 E380
        E403 E404 E405 E406 E407 E408 E409 E410 E411 E412 E413 E414 E416 E418 E419 E420 E421 E422 E423 E425
        E426 E427 E428 E429 E430 E431 E432 E433 E434 E435 E436 E437 E438 E439 E440 E444 E445 E446 E447 E448
        E449 E450 E451 E452 E453 E454 E455 E456 E457 E461 E462 E463 E464 E465 E466 E470 E471 E472 E473 E474
        E475 E478 E479 E480 E481 E482 E483 E484 E486 E487 E488 E490 E491 E492 E493 E494 E495 E497 E499
        E502 E505 E507 E512 E525 E526 E527 E528 E529 E550 E551 E553 E554 E555 E556 E558 E559 E560 E566 E575
        E576 E577 E580 E581 E583 E584 E591 E592 E593
        E601 E625 E626 E627 E628 E629 E630 E640 E650 E652 E653 E654 E658
        E674
    """,
    ExitStatus.USAGE: """
        E002 E004
        E116 E121 E144 E145 E149
        E220 E221 E222 E223
        E303 E304 E310 E311 E312 E321 E324 E340 E351
        E415 E417 E424 E442 E476
        E503 E504 E506 E508 E520 E524 E534 E544 E571 E573 E574 E578 E585 E590
        E610 E611 E612 E613 E644 E645 E646 E647
        E660 E675 E680 E682 E683 E684
    """,
    ExitStatus.DATA: """
        E102 E109 E112 E115 E119 E141 E142 E147
        E203 E204 E205 E206 E207 E209 E210 E215 E218 E219
        E330 E343 E344 E345 E348 E349 E377 E379
        E443 E458 E460
        E531 E532 E533 E536 E537 E538 E539 E540 E541 E542 E543 E552 E557 E595 E596 E597
        E602 E642 E643 E648 E649 E655 E656 E657
        E663 E664 E665 E666 E667 E668 E671 E672 E673 E679
    """,
    ExitStatus.NOT_FOUND: """
        E101 E110 E118 E120
        E201 E202
        E302 E332 E353
        E401 E402 E441 E459 E477 E485 E496 E498
        E501 E510 E511 E513 E521 E522 E523 E535 E565 E570 E572 E579 E582
        E603 E641
        E661 E662 E681
    """,
    ExitStatus.UNAVAILABLE: "E651 E669 E670",
    ExitStatus.BUG: """
        E070 E071
    """,
    ExitStatus.BUSY: """
        E072 E073
        E105 E108 E132
        E676 E677 E678
    """,
    ExitStatus.NOT_PERMITTED: "E106 E114 E337",
    ExitStatus.CONFIGURATION: """
        E103 E111 E113 E143
        E333 E334 E335 E342 E367
    """,
    ExitStatus.INTERRUPTED: """
        E130 E131
    """,
}

ERRORS: Final[Mapping[str, ExitStatus]] = MappingProxyType(
    {code: status for status, codes in _BY_STATUS.items() for code in codes.split()}
)
"""The exit status of each error code."""


class JcliError(Exception):
    """A command that cannot go on; nothing it would have changed is changed.

    `code` is a key of `ERRORS`; `facts` fill the placeholders of the sentence and of the hint. The fact
    `remedy` is the key of another hint than the code's usual one.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.subject: str | None = None
        self.file: str | None = None

    def about(self, subject: str) -> Self:
        """Name what the refusal is about, where a command works on several things at once."""
        self.subject = subject
        return self

    def at(self, file: object) -> Self:
        """Keep how a file was typed, for the commands of the hint that name it."""
        self.file = str(file)
        return self

    @property
    def status(self) -> ExitStatus:
        """The exit status that belongs to the code."""
        return ERRORS[self.code]
