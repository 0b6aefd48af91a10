"""Pictures of a PDF's pages, drawn in a worker."""

from collections.abc import Sequence
from typing import cast

from generator.worker import call


def page_pictures(pdf: bytes, *, dpi: int = 80, pages: Sequence[int] | None = None) -> tuple[bytes, ...]:
    """PNG pictures of the pages asked for (from 0), all where none are named. Raises BlankNotReadable, WorkerStopped."""
    return cast("tuple[bytes, ...]", call("page-pictures", pdf, dpi, None if pages is None else list(pages)))
