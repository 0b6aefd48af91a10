"""From paper back to values: what `paper`, `filters` and expressions made of a plan, read again."""
