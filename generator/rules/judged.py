"""What a process remembers of sentences that it judged: yes or no, under a name that says nothing of the sentence.

An agency's plans share many sentences (of its library, of the plan before), and judging one costs as much as all other
rules together.
"""

import hashlib
import os
from collections.abc import Iterator, MutableMapping

_MOST = 50_000


class JudgedBefore(MutableMapping[object, object]):
    """A mapping for `Context.judged` that keeps no text: keys are hashed with a secret that ends with the process.

    It keeps True and False only, and lets go of all when it holds 50,000.
    """

    def __init__(self) -> None:
        self._secret = os.urandom(32)
        self._kept: dict[bytes, bool] = {}

    def __getitem__(self, key: object) -> object:
        return self._kept[self._name_of(key)]

    def __setitem__(self, key: object, value: object) -> None:
        if isinstance(value, bool):
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[self._name_of(key)] = value

    def __delitem__(self, key: object) -> None:
        del self._kept[self._name_of(key)]

    def __iter__(self) -> Iterator[object]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def _name_of(self, key: object) -> bytes:
        if not isinstance(key, tuple):
            raise KeyError("a judgement and a sentence")
        judgement, sentence = key
        said = f"{judgement.__module__}.{judgement.__qualname__}\0{sentence}"
        return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16, key=self._secret).digest()
