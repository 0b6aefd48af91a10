"""Places of a Word form that are only printed: underscores, leaders, dates, brackets, boxes, empty cells and lines."""

from generator.blanks.word_plain.boxes import (
    blanks_to_tick,
    box_spots,
    circle_spot,
    says_circle,
    write_box,
    write_circle,
)
from generator.blanks.word_plain.cells import Rooms, comb_spots
from generator.blanks.word_plain.inline import Leaders, inline_spots
from generator.blanks.word_plain.text import write_plain

__all__ = [
    "Leaders",
    "Rooms",
    "blanks_to_tick",
    "box_spots",
    "circle_spot",
    "comb_spots",
    "inline_spots",
    "says_circle",
    "write_box",
    "write_circle",
    "write_plain",
]
