"""What time it is: the local day with its zone, and seconds that no clock change moves and no sleep stops."""

import platform
import time
from datetime import datetime


def local_now() -> datetime:
    """Now on this machine's clock, with its offset from UTC."""
    return datetime.now().astimezone()


def steady_seconds() -> float:
    """Seconds since some moment, counted on while the machine sleeps: a laptop closed at noon is idle at one."""
    if platform.system() == "Darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # unlike time.monotonic there, it runs on in sleep
    counts_sleep = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if counts_sleep is None else time.clock_gettime(counts_sleep)
