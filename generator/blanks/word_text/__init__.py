"""The ground of forms without tags: a paragraph as characters, tables as grids, a spot to write into."""
