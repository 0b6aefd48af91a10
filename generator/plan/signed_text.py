"""What a signature on a screen was for: a fingerprint of the plan's text as it stood, kept beside the signature.

Whatever a reader of the plan would see counts. Left out is what comes after somebody has signed and changes nothing
that they agreed to: the signatures themselves, and the copy that was given.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping

from generator.plan.plan import Plan

_FORM = re.compile(r"[0-9a-f]{16}:[0-9a-f]{64}")
_AFTERWARDS = ("schema", "signatures", "_other_patient_names")
_COPY = ("copy_offered", "copy_given_on", "copy_language")


def fingerprint_of(plan: Plan) -> str:
    """`SALT:HEX`, the SHA-256 of the plan's text now; the salt is one that a signature of the plan has already.

    Without its salt the hash tells nothing, not even of a plan so short that it could be guessed: so the hash may stand
    in the audit trail, and the salt stays with the plan.
    """
    known = (one.of_text or "" for one in plan.signatures)
    salt = next((one[:16] for one in known if _FORM.fullmatch(one)), "") or secrets.token_hex(8)
    return f"{salt}:{_hash(plan, salt)}"


def is_of_now(plan: Plan, of_text: str) -> bool:
    """Whether a fingerprint is of the plan's text as it stands; anything that is no fingerprint is not."""
    return bool(_FORM.fullmatch(of_text)) and hmac.compare_digest(_hash(plan, of_text[:16]), of_text[17:])


def _hash(plan: Plan, salt: str) -> str:
    data = {key: value for key, value in plan.as_data().items() if key not in _AFTERWARDS}
    taken_part = data.get("participation")
    if isinstance(taken_part, Mapping):
        data["participation"] = {key: value for key, value in taken_part.items() if key not in _COPY}
    text = json.dumps(_filled(data), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{salt}:{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _filled(value: object) -> object:
    """Without blanks, so that a section opened and left empty is no change."""
    if isinstance(value, Mapping):
        kept = {str(key): _filled(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", {}, [])}
    if isinstance(value, list | tuple):
        return [item for item in map(_filled, value) if item not in (None, "", {}, [])]
    return value.strip() if isinstance(value, str) else value
