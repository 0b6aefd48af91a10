"""Text in PDF: faces with their true widths, wrapping and fitting, embedding. Knows no form and no plan."""
