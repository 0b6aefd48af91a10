"""Signing: who signed how and when, their mark on the paper, and a seal that shows later changes."""
