"""Reads a product back with a second engine; never imports blanks."""
