"""jcli keeps a city's vulnerable workers insured, in one SQLite file."""

__version__ = "0.1.0"
