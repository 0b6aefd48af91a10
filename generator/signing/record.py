"""A signature as it was given, or the reason why not.

The law asks for intent, attribution, and a record that stays with the document (15 U.S.C. 7001, 7006; UETA 7-9); it
asks for no certificate. The day that stands beside a signature is the signer's own, where they signed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.errors import SignatureNotPossible
from generator.plan.people import Signature
from generator.signing.caption import caption_for
from generator.signing.ink import Ink, ink_as_text


class Method(StrEnum):
    """How somebody signed, or did not."""

    DRAWN = "drawn"
    TYPED = "typed"
    INK = "ink"
    DECLINED = "declined"
    UNABLE = "unable"


_SAME = ("role", "name", "credential", "relationship", "signed_on", "method", "reason_missing", "of_text")
_WITH_REASON = (Method.DECLINED, Method.UNABLE)


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """One signature. `at` is an instant (UTC, to the second); `zone` the signer's (`America/Chicago`).

    `document` is the SHA-256 of the document that was shown when they signed, `of_text` the fingerprint of the plan's
    text (`plan.signed_text`). `intent` is the sentence they agreed to. `ink` holds the strokes of a drawn one (`ink`).
    """

    role: str
    name: str
    method: Method
    at: datetime
    zone: str
    credential: str = ""
    relationship: str = ""
    reason: str = ""
    intent: str = ""
    document: str = ""
    of_text: str = ""
    ink: str = ""

    @property
    def local(self) -> datetime:
        """The signer's wall clock, with its offset from UTC."""
        return self.at.astimezone(ZoneInfo(self.zone))

    @property
    def signed_on(self) -> date:
        """The signer's local date."""
        return self.local.date()

    @property
    def is_signed(self) -> bool:
        """Whether a signature was given at all."""
        return self.method not in _WITH_REASON

    @property
    def caption(self) -> str:
        """The line printed with the mark, in English."""
        return self.caption_in("en")

    def caption_in(self, language: str) -> str:
        """The line printed with the mark: how, name, credential, local time with its offset."""
        who = f"{self.name}, {self.credential}" if self.credential else self.name
        moment = self.local.strftime("%Y-%m-%d %H:%M")
        offset = self.local.strftime("%z")
        when = f"{moment} UTC{offset[:3]}:{offset[3:]}"
        return caption_for(str(self.method), who, when, language, self.reason)

    def is_of(self, entry: Signature) -> bool:
        """Whether an entry of a plan is this very signature; one that was changed since is not."""
        mine = self.as_plan()
        return all(getattr(mine, key) == getattr(entry, key) for key in _SAME)

    def as_plan(self) -> Signature:
        """The plan's entry for it."""
        given = {
            "role": self.role,
            "name": self.name,
            "credential": self.credential or None,
            "relationship": self.relationship or None,
            "method": str(self.method),
            "of_text": self.of_text or None,
        }
        given |= {"signed_on": self.signed_on.isoformat()} if self.is_signed else {"reason_missing": self.reason}
        return Signature.model_validate({key: value for key, value in given.items() if value})

    def as_bytes(self) -> bytes:
        """JSON, as the vault keeps it."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, ensure_ascii=False).encode()


def record(
    role: str,
    name: str,
    method: Method,
    zone: str,
    *,
    now: datetime | None = None,
    credential: str = "",
    relationship: str = "",
    reason: str = "",
    intent: str = "",
    document: str = "",
    of_text: str = "",
    ink: Ink = (),
) -> SignatureRecord:
    """A signature given now. Raises SignatureNotPossible where something that it needs is missing.

    `zone` is the signer's, as their browser says it (`st.context.timezone`); the server's own clock says the instant.
    """
    if not name.strip():
        raise SignatureNotPossible("A signature needs the signer's printed name.")
    if method in _WITH_REASON and not reason.strip():
        raise SignatureNotPossible("Say in a few words why this person did not sign.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SignatureNotPossible(
            "The signer's time zone is not known, so the date of signing is not. Choose it, such as America/New_York."
        ) from None
    if method is Method.DRAWN and not ink:
        raise SignatureNotPossible("Nothing was drawn. Sign in the box, or choose another way.")
    moment = now or datetime.now(UTC)
    if moment.tzinfo is None:
        raise SignatureNotPossible("The time of signing needs its offset from UTC.")
    at = moment.astimezone(UTC).replace(microsecond=0)
    return SignatureRecord(role, name.strip(), method, at, zone, credential.strip(), relationship.strip(),
                           reason.strip(), intent.strip(), document, of_text, ink_as_text(ink))  # fmt: skip


def read_record(data: bytes) -> SignatureRecord:
    """A record from the vault's bytes."""
    found: Mapping[str, str] = json.loads(data)
    rest = {key: value for key, value in found.items() if key not in ("at", "method")}
    return SignatureRecord(**rest, at=datetime.fromisoformat(found["at"]), method=Method(found["method"]))
