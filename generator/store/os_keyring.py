"""The system's keyring, which may open the vault as well."""

from typing import Protocol

from generator.errors import MachineLacks

SERVICE = "planscribe"


def system_keyring() -> "Keyring":
    """The keyring of this system. Raises MachineLacks where there is none, or none that is open."""
    try:
        import keyring  # type: ignore[import-not-found, unused-ignore]
        from keyring.errors import KeyringError  # type: ignore[import-not-found, unused-ignore]

        keyring.get_password(SERVICE, "probe")
    except ImportError:
        raise MachineLacks(
            "The system's keyring is not used on this machine. Install it: pip install keyring"
        ) from None
    except KeyringError:
        raise MachineLacks("This system has no keyring that is open. Use the passphrase.") from None
    return keyring  # type: ignore[no-any-return]


class Keyring(Protocol):
    """What is used of the keyring package."""

    def get_password(self, service: str, name: str, /) -> str | None:
        """What was kept under a name; None where nothing is."""

    def set_password(self, service: str, name: str, secret: str, /) -> None:
        """Keep a secret under a name."""
