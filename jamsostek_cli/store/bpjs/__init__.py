"""What goes to BPJS and what comes back."""
