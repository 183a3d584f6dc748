"""jcli keeps a city's vulnerable workers insured, in one SQLite file."""

from typing import Final

__version__: Final = "0.1.0"
