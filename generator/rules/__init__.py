"""A plan in, findings out; one small file per theme."""
