"""Plots of scores and objectives over time: what they show, how they are drawn, and how they come into a document."""

from generator.charts.drawing import HEIGHT, WIDTH, draw
from generator.charts.series import OF, Series, in_words, series_of

__all__ = ["HEIGHT", "OF", "WIDTH", "Series", "draw", "in_words", "series_of"]
