"""The commands on the vault: make it, look at it, its passphrase, copies, forgetting."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.asking import ask, new_passphrase
from generator.cli.shown import JSON, PATH, show_json
from generator.errors import GeneratorError, RecordUnknown

if TYPE_CHECKING:
    from generator.store import Vault

_SHEET = """
Print this and keep it away from this computer. It opens the vault if the passphrase is lost; nothing else does.

    {key}

It is shown this once. Every older recovery key is void.
"""


@click.group()
def vault() -> None:
    """The encrypted vault: drafts, plans, forms, audit trail.

    The passphrase is asked for, never given as an argument; programs give it as the first line of standard input.

    \b
    Example:  planscribe vault init
    """


@vault.command()
@click.option("--keyring", is_flag=True, help="Let this system's keyring open it as well.")
def init(keyring: bool) -> None:
    """Make a new vault and show its recovery key, once.

    \b
    Example:  planscribe vault init
    """
    from generator.store import Vault

    passphrase = new_passphrase()
    made, key = Vault.create(passphrase)
    with made:
        if keyring:
            made.use_keyring()
    click.echo(f"The vault is at {made.path}.")
    click.echo(_SHEET.format(key=key))


@vault.command()
@click.option("--verify", is_flag=True, help="Open it and check every row and the audit trail.")
@click.option("--accept-older", is_flag=True, help="Take an older copy that was put in the vault's place on purpose.")
@JSON
def status(verify: bool, accept_older: bool, as_json: bool) -> None:
    """Where the vault is, and what opens it.

    \b
    Example:  planscribe vault status --verify
    """
    from generator.store import status as look

    seen = look()
    said: dict[str, object] = {
        "path": str(seen.path),
        "exists": seen.exists,
        "locks": list(seen.locks),
        "bytes": seen.size,
    }
    if seen.exists and (verify or accept_older):
        with open_vault(accept_older=accept_older) as opened:
            opened.verify()
            said |= {"verified": True, "drafts": len(opened.drafts.cards()), "audit_entries": opened.trail.verify()}
    if as_json:
        show_json(said)
        return
    if not seen.exists:
        click.echo(f"There is no vault yet; it would be at {seen.path}. Make one with: planscribe vault init")
        return
    click.echo(f"{seen.path}  {seen.size:,} bytes  opened by: {', '.join(seen.locks)}")
    if "verified" in said:
        click.echo(
            f"Every row opens and none is missing: {said['drafts']} drafts, {said['audit_entries']} audit entries."
        )


@vault.command()
def passphrase() -> None:
    """Change the passphrase. Everything is sealed anew; the old passphrase and recovery key are void.

    \b
    Example:  planscribe vault passphrase
    """
    with open_vault() as opened:
        key = opened.set_passphrase(new_passphrase())
    click.echo("The passphrase was changed.")
    click.echo(_SHEET.format(key=key))


@vault.command()
def recover() -> None:
    """Open the vault with the printed recovery key and choose a new passphrase.

    \b
    Example:  planscribe vault recover
    """
    from generator.store import Action, Vault

    typed = ask("Recovery key (eight groups of five)", hide=False)
    with Vault.unlock_with_recovery_key(typed) as opened:
        key = opened.set_passphrase(new_passphrase(), action=Action.RECOVER)
    click.echo("The vault has a new passphrase.")
    click.echo(_SHEET.format(key=key))


@vault.command()
@click.argument("file", type=PATH)
def backup(file: Path) -> None:
    """Write the whole vault to one FILE, encrypted as it is; the present passphrase opens it.

    \b
    Example:  planscribe vault backup /media/usb/planscribe.backup
    """
    with open_vault() as opened:
        opened.backup(file)
    click.echo(f"The backup is {file}. Keep the passphrase or the recovery key of today with it.")


@vault.command()
@click.argument("file", type=PATH)
@click.option("--recovery-key", is_flag=True, help="Open the backup with a recovery key instead of a passphrase.")
def restore(file: Path, recovery_key: bool) -> None:
    """Put a backup in the vault's place. The present vault is laid aside, and who was forgotten stays forgotten.

    \b
    Example:  planscribe vault restore /media/usb/planscribe.backup
    """
    from generator.store import restore as put_back

    secret = ask("Recovery key of the backup", hide=False) if recovery_key else ask("Passphrase of the backup")
    aside = put_back(file, secret, is_recovery_key=recovery_key)
    click.echo("The backup was checked, row by row, and is the vault now.")
    if aside is not None:
        click.echo(f"The vault from before is {aside}. Delete it once you do not need it.")


@vault.command()
@click.argument("person", required=False)
@click.option("--yes", is_flag=True, help="Do not ask again.")
def forget(person: str | None, yes: bool) -> None:
    """Take away everything about a person, for good. Backups made before still hold it.

    Without PERSON (an id, from the page's list) the name or record number is asked for, so that it does not stand in
    the shell's history.

    \b
    Example:  planscribe vault forget
    """
    with open_vault() as opened:
        chosen = person or _find_person(opened, ask("Last name or record number", hide=False))
        count = sum(card.person == chosen for card in opened.drafts.cards())
        if not yes and not click.confirm(f"Forget {count} drafts with all their versions? This cannot be undone"):
            raise click.Abort
        records = opened.forget(chosen)
    click.echo(f"Forgotten: {records} records. Delete or replace older backups, too.")


def open_vault(*, accept_older: bool = False) -> "Vault":
    """The vault, opened with the passphrase that is asked for (or by the keyring, where it has a lock of it)."""
    from generator.store import Vault
    from generator.store import status as look

    if "keyring" in look().locks:
        try:
            return Vault.unlock_with_keyring(accept_older=accept_older)
        except GeneratorError:
            click.echo("The keyring did not open it.", err=True)
    return Vault.unlock(ask("Passphrase"), accept_older=accept_older)


def _find_person(opened: "Vault", words: str) -> str:
    wanted = words.strip().casefold()
    names = ("patient.name.last", "patient.record_number")
    found = {
        card.person
        for card in opened.drafts.cards()
        if wanted and any(str(card.named.get(name, "")).casefold() == wanted for name in names)
    }
    if len(found) != 1:
        said = "Nobody" if not found else "More than one person"
        raise RecordUnknown(f"{said} in the vault has this name or number. Try the record number.")
    return found.pop()
