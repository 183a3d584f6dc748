"""The office at a glance: what is counted, and what waits for somebody."""
