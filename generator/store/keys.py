"""The keys of a vault: one random data key, and the locks that each hold a wrapped copy of it.

A lock is a passphrase (argon2id), the printed recovery key, or a secret in the system's keyring. Nothing here touches
a file.
"""

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from argon2.exceptions import Argon2Error
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from generator.errors import PassphraseWrong
from generator.passphrase import STANDARD, Cost, refuse_weak, stretched

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_SECRET_BYTES, _CHECK_BYTES = 23, 2
_WRONG = "This passphrase does not open the vault. Try again, or use the printed recovery key: planscribe vault recover"


_MOST = Cost(1_048_576, 20, 16)  # more than this in a vault's file is somebody's mischief


@dataclass(frozen=True, slots=True)
class Lock:
    """A wrapped copy of the data key; `kind` is passphrase, recovery or keyring."""

    kind: str
    salt: bytes
    wrapped: bytes
    cost: Cost | None = None

    def as_data(self) -> dict[str, object]:
        """Plain values for the vault's header."""
        cost = [self.cost.memory_kib, self.cost.passes, self.cost.lanes] if self.cost else None
        return {"kind": self.kind, "salt": self.salt.hex(), "wrapped": self.wrapped.hex(), "cost": cost}


def read_lock(data: Mapping[str, object]) -> Lock:
    """A lock from the header's plain values. ValueError, KeyError or TypeError where they are none."""
    cost = data["cost"]
    return Lock(
        str(data["kind"]),
        bytes.fromhex(str(data["salt"])),
        bytes.fromhex(str(data["wrapped"])),
        Cost(*(int(n) for n in cost)) if isinstance(cost, list) else None,
    )


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, from a random one (HKDF-SHA256)."""
    return HKDF(SHA256(), 32, salt=None, info=f"planscribe/1/{purpose}".encode()).derive(key)


def lock_with_passphrase(data_key: bytes, vault_id: str, passphrase: str, cost: Cost = STANDARD) -> Lock:
    """Wrap the data key. Raises PassphraseWrong for a passphrase that is too short or too plain."""
    refuse_weak(passphrase)
    salt = secrets.token_bytes(16)
    return _wrap(data_key, vault_id, "passphrase", salt, stretched(passphrase, salt, cost), cost)


def lock_with_secret(data_key: bytes, vault_id: str, kind: str, secret: bytes) -> Lock:
    """Wrap the data key by a random secret (the recovery key, or what lies in the keyring)."""
    salt = secrets.token_bytes(16)
    return _wrap(data_key, vault_id, kind, salt, derive(salt + secret, f"lock/{kind}"), None)


def open_with_passphrase(lock: Lock, vault_id: str, passphrase: str) -> bytes:
    """The data key. Raises PassphraseWrong."""
    cost = lock.cost or STANDARD
    if cost.memory_kib > _MOST.memory_kib or cost.passes > _MOST.passes or not 0 < cost.lanes <= _MOST.lanes:
        raise PassphraseWrong("This vault asks for more work than any vault of this program. Restore a backup.")
    try:
        return _unwrap(lock, vault_id, stretched(passphrase, lock.salt, cost))
    except (InvalidTag, Argon2Error):
        raise PassphraseWrong(_WRONG) from None


def open_with_secret(lock: Lock, vault_id: str, secret: bytes) -> bytes:
    """The data key. Raises PassphraseWrong."""
    try:
        return _unwrap(lock, vault_id, derive(lock.salt + secret, f"lock/{lock.kind}"))
    except InvalidTag:
        raise PassphraseWrong(
            "This key is written right, but it does not open this vault. Every new key ends the one before; "
            "look for a newer sheet."
        ) from None


def new_recovery_key() -> str:
    """A printed key: 40 signs in eight groups, 184 random bits and 16 that find a slip of the pen."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    number = int.from_bytes(secret + hashlib.sha256(secret).digest()[:_CHECK_BYTES], "big")
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(195, -1, -5))
    return "-".join(signs[i : i + 5] for i in range(0, 40, 5))


def read_recovery_key(typed: str) -> bytes:
    """The secret in a key as somebody typed it: case, spaces and dashes do not matter, O is 0, I and L are 1.

    Raises PassphraseWrong where signs are missing or wrong.
    """
    signs = re.sub(r"[\s\-–—_.]", "", unicodedata.normalize("NFKC", typed)).upper()
    signs = signs.translate(str.maketrans("OIL", "011"))
    if len(signs) != 40:
        raise PassphraseWrong(f"A recovery key has 40 signs in eight groups of five; this one has {len(signs)}.")
    if any(sign not in _ALPHABET for sign in signs):
        raise PassphraseWrong("A recovery key is made of digits and letters only (no U). Compare it with the sheet.")
    number = 0
    for sign in signs:
        number = number << 5 | _ALPHABET.index(sign)
    data = number.to_bytes(_SECRET_BYTES + _CHECK_BYTES, "big")
    secret, check = data[:_SECRET_BYTES], data[_SECRET_BYTES:]
    if hashlib.sha256(secret).digest()[:_CHECK_BYTES] != check:
        raise PassphraseWrong("One or more signs of this recovery key are mistyped. Compare it with the sheet.")
    return secret


def new_keyring_secret() -> str:
    """A random secret as text, for the system's keyring."""
    return base64.b64encode(new_key()).decode()


def _wrap(data_key: bytes, vault_id: str, kind: str, salt: bytes, by: bytes, cost: Cost | None) -> Lock:
    nonce = secrets.token_bytes(12)
    return Lock(kind, salt, nonce + AESGCM(by).encrypt(nonce, data_key, _bound(vault_id, kind)), cost)


def _unwrap(lock: Lock, vault_id: str, by: bytes) -> bytes:
    if len(lock.wrapped) != 12 + 32 + 16:
        raise InvalidTag
    return AESGCM(by).decrypt(lock.wrapped[:12], lock.wrapped[12:], _bound(vault_id, lock.kind))


def _bound(vault_id: str, kind: str) -> bytes:
    return f"planscribe/1/lock/{vault_id}/{kind}".encode()
