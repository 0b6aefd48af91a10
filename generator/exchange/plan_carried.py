"""The plan itself as a finished document carries it: as JSON, readable by anyone, or locked with a passphrase.

Locked: the mark, 16 bytes of salt, 12 of nonce, then the JSON under AES-256-GCM with its tag; the key is the passphrase's
(argon2id, `passphrase.STANDARD`). The mark and the salt are bound to it, so that no other file can be put in its place.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from generator.errors import PassphraseWrong
from generator.exchange.plan_file import parse_plan, plan_as_json
from generator.passphrase import refuse_weak, stretched
from generator.plan import Plan

_MARK = b"planscribe-plan/1\n"
_SALT, _NONCE = 16, 12
_HEAD = len(_MARK) + _SALT


def plan_to_carry(plan: Plan, passphrase: str = "") -> bytes:
    """The plan's bytes; locked where there is a passphrase. Raises PassphraseWrong for one too short or too plain."""
    text = plan_as_json(plan).encode()
    if not passphrase:
        return text
    refuse_weak(passphrase)
    head = _MARK + secrets.token_bytes(_SALT)
    nonce = secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(stretched(passphrase, head[len(_MARK) :])).encrypt(nonce, text, head)


def plan_carried(data: bytes, passphrase: str = "", *, is_locked: bool) -> Plan:
    """The plan in what a document carried. Raises PassphraseWrong, PlanNotReadable and FileTooLarge."""
    if is_locked:
        head, nonce, sealed = data[:_HEAD], data[_HEAD : _HEAD + _NONCE], data[_HEAD + _NONCE :]
        try:
            # Anything else than ours ends here too: without its mark and its whole length nothing can be opened.
            if not data.startswith(_MARK) or len(sealed) < 16:
                raise InvalidTag
            data = AESGCM(stretched(passphrase, head[len(_MARK) :])).decrypt(nonce, sealed, head)
        except InvalidTag:
            raise PassphraseWrong(
                "This passphrase does not open the plan in this PDF, or the plan was changed. Try again; without it, "
                "what is printed can be read with: planscribe read"
            ) from None
    return parse_plan(data, name="plan.json")
