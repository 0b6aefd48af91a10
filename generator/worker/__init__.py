"""Every foreign file is opened here: in another process, with limits on memory, time and network.

`call` is the one entry. A task is named, never given as code; what comes back can only be our own plain nouns.
"""

from generator.worker.pool import Limits, call, warm
from generator.worker.wire import Plain

__all__ = ["Limits", "Plain", "call", "warm"]
