"""Long work beside the page: it runs in a thread of its own, so that Stop, or any other click, is heard at once.

What is left before its end goes on by itself and is taken when it is asked for again. Whole results only.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Work(Generic[_T]):
    """One piece of work, begun at once. It must not touch the page, nor anything that changes meanwhile."""

    def __init__(self, work: Callable[[], _T]) -> None:
        self._work = work
        self._results: list[_T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def is_done(self, seconds: float = 0.0) -> bool:
        """Whether it has ended, waiting so long for it."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> _T:
        """What came of it, waiting for its end. Raises what the work raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 (whatever it is, it is raised where the result is asked for)
            self._error = error
