"""`python -m jamsostek_cli`, and the entry point behind `jcli`."""

import gc
import os
import sys

from jamsostek_cli.cli.frame import keyboard

_SELDOM = 500_000
"""So many new objects make Python look for unreachable ones; by itself it looks after 700."""


def run() -> None:
    """Run jcli with the process's own arguments and leave with its exit status.

    Ctrl-C is held before anything else loads. The search for unreachable objects, seldom while modules load
    and left out at the end (the process gives its memory back anyway), was a fifth of the time of a short
    command.
    """
    keyboard.hold()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    from jamsostek_cli.cli.frame.main import main  # noqa: PLC0415 - it takes the time in which Ctrl-C is held

    status = main(sys.argv[1:])
    keyboard.rest()
    gc.freeze()
    if keyboard.pressed():
        os._exit(status)  # Python may remember an interrupt long answered, and end by the signal instead
    sys.exit(status)


if __name__ == "__main__":
    run()
