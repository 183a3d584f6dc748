"""The month's bill: reckoned, explained, held against BPJS's invoice, paid."""
