"""JSON as a plan file uses it: no key twice, no NaN."""

import json

from generator.yaml_safe import TextNotReadable


def read_json(text: str) -> object:
    """The data of one JSON document. Raises TextNotReadable, whose message never repeats a value."""
    try:
        return json.loads(text, object_pairs_hook=_mapping, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise TextNotReadable(f"line {error.lineno}, column {error.colno} is not JSON") from None
    except ValueError:
        raise TextNotReadable("a number in it has too many digits") from None
    except RecursionError:
        raise TextNotReadable("it is nested too deeply") from None


def _mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) < len(pairs):
        raise TextNotReadable("a key stands twice in one place")
    return out


def _constant(name: str) -> object:
    raise TextNotReadable(f"{name} is not a number")
