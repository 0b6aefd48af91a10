"""The template doctor: every fault of a tagged template, with its place, what was probably meant, and a safe repair."""

from generator.blanks.word_tags.doctor.nouns import Checked, PlanWords
from generator.blanks.word_tags.doctor.treat import check_template

__all__ = ["Checked", "PlanWords", "check_template"]
