"""The ideas by which `pdf_flat` finds places for answers: ticks, cells, lines, and what is the office's."""
