"""Makes templates and fillable forms from a brand and sections."""
