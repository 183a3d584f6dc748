"""`python -m jamsostek_cli`, and the entry point behind `jcli`."""

import sys

from jamsostek_cli.cli.frame.main import main


def run() -> None:
    """Run jcli with the process's own arguments and leave with its exit status."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
