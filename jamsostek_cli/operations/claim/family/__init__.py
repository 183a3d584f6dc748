"""The family of a claim: heirs, payees, contacts, visits."""
