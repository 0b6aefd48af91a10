"""The model of a treatment plan."""
