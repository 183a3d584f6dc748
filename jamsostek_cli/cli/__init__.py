"""The command line: parse, call, render, exit status. No rule and no SQL lives here."""
