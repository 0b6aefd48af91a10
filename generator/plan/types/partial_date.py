"""A date that may be only a month or a year, as people remember an onset: 2021, 2021-03, 2021-03-05."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, with a month and a day where they are known. Its text is ISO 8601 with reduced precision."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, value: object) -> Self:
        """From text, a date, or a year as a number; ValueError where that is not on the calendar."""
        if isinstance(value, cls):
            return value
        if isinstance(value, date):
            return cls(value.year, value.month, value.day)
        if isinstance(value, int) and not isinstance(value, bool) and 1800 <= value <= 2200:
            return cls(value)
        match = _SHAPE.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise ValueError("write a year, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        date(year or 0, month or 1, day or 1)
        return cls(year or 0, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def as_data(self) -> date | str:
        """A date where the day is known, else ISO text: as a file holds it."""
        return date(self.year, self.month, self.day) if self.month and self.day else str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}
