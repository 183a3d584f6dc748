"""One module per report: SELECT only, over a read-only connection."""
