"""Places of a Word form that Word itself knows: legacy form fields, merge fields, content controls."""

from generator.blanks.word_controls.content import control_spots, is_place, write_control
from generator.blanks.word_controls.fields import field_spots, write_field

__all__ = ["control_spots", "field_spots", "is_place", "write_control", "write_field"]
