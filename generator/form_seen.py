"""A form as the rules see it: which plan values it prints."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from generator.blanks.tasks import Seen
from generator.blanks.word_tags import NameUse
from generator.library import Form
from generator.mapping.names import known_names, shown_by
from generator.plan.notes import general
from generator.rules.context import FormSeen
from generator.worker import call

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\[\d*\])?(?:\.[a-z_][a-z0-9_]*(?:\[\d*\])?)*")


def form_seen(form: Form) -> FormSeen:
    """The plan paths that a form prints, read from its field map or, for a tagged template, from its tags."""
    if form.kind == "word-tags":
        return FormSeen(form.id, _shown(frozenset(use.path for use in template_names(form.read()))))
    return FormSeen(form.id, _shown(frozenset(_names(form.map, ""))))


_known: OrderedDict[str, tuple[NameUse, ...]] = OrderedDict()  # by the file's hash: the file itself is not held
_MOST = 64


def template_names(data: bytes) -> tuple[NameUse, ...]:
    """Every name that a tagged template uses; read in a worker once for each template."""
    digest = hashlib.sha256(data).hexdigest()
    if digest not in _known:
        _known[digest] = cast("tuple[NameUse, ...]", call("template-names", data, known_names()))
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return _known[digest]


_seen: OrderedDict[str, Seen] = OrderedDict()  # blanks of the library, by the file's hash


def blank_seen(form: Form, data: bytes) -> Seen:
    """What a form's blank is, read in a worker; once for each that the library knows by its hash.

    Any other file is read each time: it may be a filled one, and what it holds is kept nowhere.
    """
    digest = hashlib.sha256(data).hexdigest()
    if form.sha256 != digest:
        return cast("Seen", call("inspect", data))
    if digest not in _seen:
        _seen[digest] = cast("Seen", call("inspect", data))
        while len(_seen) > _MOST:
            _seen.popitem(last=False)
    return _seen[digest]


@lru_cache(maxsize=64)
def _shown(names: frozenset[str]) -> frozenset[str]:
    return frozenset(path for name in names for path in shown_by(general(name)))


def _names(value: object, row: str) -> Iterator[str]:
    """Every name in a field map; names in a row stand below the row's own path."""
    if isinstance(value, dict):
        below = f"{value['path']}[]." if isinstance(value.get("path"), str) and "fields" in value else row
        for key, one in value.items():
            if key != "path" or "fields" not in value:
                yield from _names(one, below)
    elif isinstance(value, list):
        for one in value:
            yield from _names(one, row)
    elif isinstance(value, str):
        for name in _NAME.findall(value):
            yield f"{row}{name}"
            yield name
