"""What every part of a plan shares: it never refuses, it keeps what it cannot read, and it saves what it was given.

A plan may be unfinished, so every field is optional. A value that does not parse is kept beside its field
(`Part.unread`) and counts as blank; an unknown key is kept as it is. Whether a plan is good enough is a rule's
business, not this one's.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, PrivateAttr, ValidationError, model_validator
from pydantic.fields import FieldInfo

from generator.plan.types.partial_date import PartialDate


class Mark(StrEnum):
    """How private a field is; the page, logs and file names read it."""

    IDENTIFIER = "identifier"  # says who somebody is (45 CFR 164.514(b)(2))
    HEALTH = "health"
    ORDINARY = "ordinary"


ID, HEALTH, PLAIN = Mark.IDENTIFIER, Mark.HEALTH, Mark.ORDINARY


def say(
    title: str,
    es: str,
    help: str = "",
    eg: object = None,
    mark: Mark = HEALTH,
    also: str = "",
    *,
    alias: str | None = None,
    of: Callable[[], object] | None = None,
) -> Any:
    """A field with its words, said once for the page, the JSON Schema, template authors and the mapping.

    `title` and `es` are its name in English and Spanish, `help` one sentence, `eg` an example, `also` other
    words that forms use for it, parted by commas. `of` makes the empty value of a section or list; without it the field is None.
    """
    aliases: list[JsonValue] = [*also.split(", ")] if also else []
    extra: dict[str, JsonValue] = {"title_es": es, "sensitivity": str(mark), "aliases": aliases}
    examples = [] if eg is None else [eg]
    if of is None:
        return Field(
            default=None, title=title, description=help or None, examples=examples, alias=alias, json_schema_extra=extra
        )
    return Field(
        default_factory=of,
        title=title,
        description=help or None,
        examples=examples,
        alias=alias,
        json_schema_extra=extra,
    )


class Part(BaseModel):
    """A section or an entry of a plan."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    _unread: dict[str, object] = PrivateAttr(default_factory=dict)
    _nulls: frozenset[str] = PrivateAttr(default=frozenset())
    _instead: object = PrivateAttr(default=None)
    _is_null: bool = PrivateAttr(default=False)

    @property
    def unread(self) -> Mapping[str, object]:
        """Values that did not parse, as they were given, by key (`dob`, or `history[2]` for an item of a list)."""
        return self._unread

    @property
    def instead(self) -> object:
        """What stood in the place of this part, when that was no mapping at all; else None."""
        # Read as is_entry does: pydantic's own way to a private attribute takes ten times as long.
        own = self.__pydantic_private__
        return own["_instead"] if own is not None else None

    @property
    def is_entry(self) -> bool:
        """Whether keys and values stood here. False for an empty bullet of a list, and for a text in an entry's place."""
        own = self.__pydantic_private__
        return own is None or (own["_instead"] is None and not own["_is_null"])

    @model_validator(mode="wrap")
    @classmethod
    def _keep_what_does_not_parse(cls, data: object, handler: Callable[[object], Self]) -> Self:
        if isinstance(data, cls):
            return data
        if not isinstance(data, Mapping):
            part = handler({})
            part._instead, part._is_null = data, data is None
            return part
        given = {str(key): value for key, value in data.items()}
        nulls = frozenset(key for key in _section_keys(cls) if key in given and given[key] is None)
        given = {key: value for key, value in given.items() if key not in nulls}
        unread: dict[str, object] = {}
        try:
            part = handler(given)
        except ValidationError as error:
            given, unread = _set_aside(given, error)
            part = handler(given)
        part._unread, part._nulls = unread, nulls
        return part

    def as_data(self) -> dict[str, object]:
        """Plain mappings, lists and values, as a file holds them: what was given comes back as it was given.

        Keys that were never given and are blank are left out.
        """
        out: dict[str, object] = {}
        # Read past pydantic's own way to an attribute, which takes ten times as long: a page saves at every typed word.
        values, given, own = self.__dict__, self.__pydantic_fields_set__, self.__pydantic_private__ or {}
        unread, nulls = own.get("_unread", {}), own.get("_nulls", frozenset())
        for name, key in _names(type(self)):
            value = _plain(values[name])
            if value is None or (not value and isinstance(value, str | list | dict)):
                if key in unread:
                    out[key] = deepcopy(unread[key])
                    continue
                if key in nulls:
                    out[key] = None
                    continue
                if name not in given:
                    if unread and (items := _with_unread_items(key, [], unread)):
                        out[key] = items
                    continue
            out[key] = _with_unread_items(key, value, unread) if unread and isinstance(value, list) else value
        for key, value in (self.__pydantic_extra__ or {}).items():
            out[key] = deepcopy(value)
        return out

    def put(self, name: str, value: object) -> bool:
        """Set one field from what a person typed; False when it does not parse (it is then kept in `unread`).

        `name` is the key in the file. Blank text clears the field.
        """
        field_name, info = _field_of(type(self), name)
        key = info.alias or field_name
        self._unread.pop(key, None)
        self._nulls = self._nulls - {key}
        if value is None or (isinstance(value, str) and not value.strip()):
            setattr(self, field_name, info.get_default(call_default_factory=True))
            self.__pydantic_fields_set__.discard(field_name)
            return True
        read = type(self).model_validate({key: value})
        setattr(self, field_name, getattr(read, field_name))
        if read._unread:
            self._unread[key] = value
            return False
        return True


def is_empty(value: object) -> bool:
    """Whether nothing is there: None, an empty text, list or mapping. 0, False and spaces are something."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def is_blank(value: object) -> bool:
    """Whether a value says nothing: None, only spaces, an empty list or mapping, a part with only blank fields.

    0 and False are values. See "How rules.tsv is read": blank.
    """
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    if isinstance(value, bool | int | float | date):
        return False
    if isinstance(value, Mapping | list | tuple):
        return len(value) == 0
    if isinstance(value, Part):
        return all(is_blank(getattr(value, name)) for name in type(value).model_fields) and not value.model_extra
    return False


def _plain(value: object) -> object:
    if value is None:
        return None
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, str | bool | int | float | date):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Part):
        own = value.__pydantic_private__ or {}
        if not value.__pydantic_fields_set__:
            if own.get("_is_null", False):
                return None
            if own.get("_instead") is not None:
                return own["_instead"]
        return value.as_data()
    if isinstance(value, PartialDate):
        return value.as_data()
    return deepcopy(value)


def _with_unread_items(key: str, value: list[object], unread: Mapping[str, object]) -> list[object]:
    items = list(value)
    for name, raw in unread.items():
        if name.startswith(f"{key}["):
            items.insert(int(name[len(key) + 1 : -1]), deepcopy(raw))
    return items


def _set_aside(given: Mapping[str, object], error: ValidationError) -> tuple[dict[str, object], dict[str, object]]:
    """Take out of `given` what `error` complains about: a bad item out of its list, else the whole value."""
    kept, unread = dict(given), dict[str, object]()
    items: dict[str, set[int]] = {}
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        key = str(fault["loc"][0])
        place = next((step for step in fault["loc"][1:] if isinstance(step, int)), None)
        if place is not None and isinstance(kept.get(key), list):
            items.setdefault(key, set()).add(place)
        elif key in kept:
            unread[key] = kept.pop(key)
    for key, places in items.items():
        whole = kept.get(key)
        if isinstance(whole, list):
            unread |= {f"{key}[{i}]": whole[i] for i in sorted(places)}
            kept[key] = [item for i, item in enumerate(whole) if i not in places]
    return kept, unread


@cache
def _names(cls: type[Part]) -> tuple[tuple[str, str], ...]:
    """Each field's name in the model and its key in the file."""
    return tuple((name, info.alias or name) for name, info in cls.model_fields.items())


@cache
def _section_keys(cls: type[Part]) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in cls.model_fields.items() if info.default_factory is not None)


def _field_of(cls: type[Part], key: str) -> tuple[str, FieldInfo]:
    for name, info in cls.model_fields.items():
        if key in (info.alias, name):
            return name, info
    raise KeyError(key)
