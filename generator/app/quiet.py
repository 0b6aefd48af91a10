"""What goes wrong is told by an id, a kind and a place: never by its words, which could hold a patient's data.

Everything that Python, Streamlit and the web server would log or print as a traceback goes through here.
"""

import logging
import secrets
import sys
import threading
import warnings
from pathlib import Path
from types import TracebackType


def fault_of(error: BaseException) -> str:
    """One line for an error: an id to look for, its kind, the file and line it came from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "an unknown place"
    return f"fault {secrets.token_hex(3)}: {type(error).__name__} in {place}"


def report(error: BaseException) -> str:
    """Write the line for an error to standard error, and give it back to be shown."""
    line = fault_of(error)
    print(f"planscribe: {line}", file=sys.stderr, flush=True)
    return line


def keep_quiet() -> None:
    """From here on no log record, traceback or warning of this process says more than id, kind and place."""
    logging.disable(logging.WARNING)  # an access log repeats addresses, and the first one lets somebody in
    logging.setLogRecordFactory(_record)
    sys.excepthook = _on_error
    threading.excepthook = lambda args: _on_error(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _on_error(args.exc_type, args.exc_value, args.exc_traceback)
    warnings.simplefilter("ignore")
    logging.captureWarnings(True)


class _Record(logging.LogRecord):
    """A record whose text is where it was logged, and what kind of error it told of."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        error = self.exc_info[1] if self.exc_info else None
        place = f"{self.module}:{self.lineno}"
        self.msg = f"{fault_of(error)} (logged in {place})" if error is not None else f"a note from {place}"
        self.args, self.exc_info, self.exc_text, self.stack_info = (), None, None, None


def _record(*args: object, **kwargs: object) -> logging.LogRecord:
    return _Record(*args, **kwargs)


def _on_error(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    report(error if error is not None else kind())
