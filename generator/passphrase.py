"""A passphrase made into a key: argon2id, at a cost that is told once for the whole program. What is locked is no matter here."""

import unicodedata
from dataclasses import dataclass

import argon2.low_level

from generator.errors import PassphraseWrong

SHORTEST = 12
"""Characters of a passphrase (NIST SP 800-63B-4 asks for 15 alone, 8 beside another factor; the file is the other)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs: KiB of memory, passes, lanes (RFC 9106, 4: the second recommended set)."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


STANDARD = Cost()


def refuse_weak(passphrase: str) -> None:
    """Raise PassphraseWrong for a new passphrase that is too short or too plain."""
    words = _normal(passphrase)
    if len(words) < SHORTEST or len(set(words)) < 5:
        raise PassphraseWrong(
            f"A passphrase needs at least {SHORTEST} characters, and more than a few different ones. "
            "Four or five words that do not belong together are good."
        )


def stretched(passphrase: str, salt: bytes, cost: Cost = STANDARD) -> bytes:
    """A key of 32 bytes. Raises argon2.exceptions.Argon2Error for a cost or salt that is none."""
    return argon2.low_level.hash_secret_raw(
        _normal(passphrase).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=argon2.low_level.Type.ID,
    )


def _normal(passphrase: str) -> str:
    # The same words typed on another system may arrive composed differently (NFD on a Mac).
    return unicodedata.normalize("NFKC", passphrase).strip()
