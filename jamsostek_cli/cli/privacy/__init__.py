"""`jcli privacy`: what the law on personal data asks of the office."""
