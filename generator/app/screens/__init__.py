"""One file a screen, thin."""
