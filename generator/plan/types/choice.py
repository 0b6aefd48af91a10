"""One of a few words. Case, spaces and hyphens do not matter: "In person" is `in_person`."""

from pydantic import BeforeValidator


def _as_choice(value: object) -> object:
    return "_".join(value.strip().lower().replace("-", " ").split()) if isinstance(value, str) else value


Tidy = BeforeValidator(_as_choice)
"""Beside a Literal: `Annotated[Literal["short", "long"], Tidy]`."""
