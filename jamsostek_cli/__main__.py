"""`python -m jamsostek_cli`, and the entry point behind `jcli`."""

import gc
import sys
from typing import Final

from jamsostek_cli.cli.frame.main import main

_SELDOM: Final = 100_000
"""So many new objects make Python look for unreachable ones; by itself it looks after 700."""


def run() -> None:
    """Run jcli with the process's own arguments and leave with its exit status.

    The search for unreachable objects, seldom while modules load and left out at the end (the process gives
    its memory back anyway), was a fifth of the time of a short command.
    """
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    status = main(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    run()
