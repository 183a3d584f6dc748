"""The pack with which an auditor checks a year of the office alone: tables, the whole trail, a verifier."""
