"""Claims as they are stored: the claim, its papers, payments and history, and the facts it hangs on."""
