"""Questions about a text, answered by rules with reasons. Nothing here knows a plan."""
