"""Which plan value goes to which slot."""
