"""In and out: YAML, JSON and other systems."""
