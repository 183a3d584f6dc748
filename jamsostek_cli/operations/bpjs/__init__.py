"""People handed to BPJS, its answer, and its list held against ours."""
