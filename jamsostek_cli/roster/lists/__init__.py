"""Lists about people we know: BPJS's answer, its member list, its invoice."""
