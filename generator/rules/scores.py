"""Instruments that give a number: what their score can be, which band it lies in. No item's text is kept here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

_ASIDE = re.compile(r"\([^)]*\)|\b(?:en español|in spanish)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores, ends included, and its name in English and Spanish."""

    low: int
    high: int
    name: str
    name_es: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument's lowest and highest total. `change` is the smallest change worth the name, where one is published."""

    name: str
    low: int
    high: int
    bands: tuple[Band, ...]
    source: str
    checked: date
    change: int | None = None
    better: str = "lower"

    def has(self, score: float) -> bool:
        """Whether a score can be, ends included."""
        return self.low <= score <= self.high

    def band_of(self, score: float) -> Band | None:
        """The band a score lies in; None outside the range, or where the instrument has no bands."""
        return next((band for band in self.bands if band.low <= score < band.high + 1 and self.has(score)), None)


def instrument(text: str) -> Instrument | None:
    """The instrument of this name; case, text in brackets and a last "in Spanish" or "en español" do not matter."""
    plain = _ASIDE.sub(" ", _ASIDE.sub(" ", text))
    return _by_folded_name().get(" ".join(plain.split()).lower())


@cache
def instruments() -> Mapping[str, Instrument]:
    """All instruments of data/scores.yaml, by name."""
    source = resources.files("generator") / "data" / "scores.yaml"
    listed = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return MappingProxyType(
        {
            name: Instrument(
                name=name,
                low=entry["range"][0],
                high=entry["range"][1],
                bands=tuple(Band(*band) for band in entry.get("bands", ())),
                source=entry["source"],
                checked=entry["checked"],
                change=entry.get("change"),
                better=entry["better"],
            )
            for name, entry in listed.items()
        }
    )


@cache
def _by_folded_name() -> dict[str, Instrument]:
    return {name.lower(): one for name, one in instruments().items()}
