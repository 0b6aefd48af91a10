"""The commands on sealed documents."""

from pathlib import Path

import click

from generator.cli.shown import JSON, PATH, show_json
from generator.cli.vault import open_vault
from generator.errors import FindingsBlock


@click.command()
@click.argument("file", type=PATH)
@click.option("-o", "output", type=PATH, default=None, help="The sealed copy; FILE-sealed.pdf otherwise.")
def seal(file: Path, output: Path | None) -> None:
    """Seal a finished PDF, so that every later change shows. The key is the vault's own.

    \b
    Example:  planscribe seal out/individualized-plan.pdf
    """
    from generator.blank_file import read_blank
    from generator.files import home, write_whole
    from generator.signing.seal import new_seal_key, read_seal_key
    from generator.signing.seal import seal as sealed
    from generator.store import Action

    data = read_blank(file)
    target = output or file.with_name(f"{file.stem}-sealed.pdf")
    with open_vault() as opened:
        key = read_seal_key(opened.secret("seal", new_seal_key))
        write_whole(target, sealed(data, key))
        # The public half lies beside the vault, so that `verify` knows our own seals without a passphrase.
        write_whole(home() / "seal-certificate.pem", key.certificate)
        opened.trail.note(opened.account, Action.SEAL)
    click.echo(f"{target} is sealed. Whoever has it can check it with: planscribe verify {target.name}")


@click.command()
@click.argument("file", type=PATH)
@JSON
def verify(file: Path, as_json: bool) -> None:
    """Check the seals of a PDF; answers 1 where there is none, or something was changed since.

    \b
    Example:  planscribe verify plan-sealed.pdf
    """
    from generator.blank_file import read_blank
    from generator.signing.seal import check_seals, known_certificate

    found = check_seals(read_blank(file))
    ours = known_certificate()
    rows = [
        {
            "field": one.field,
            "intact": one.is_intact,
            "changed_after": one.changed_after,
            "covers_all": one.covers_all,
            "signer": one.signer,
            "at": one.at,
            "certificate": one.certificate,
            "ours": bool(ours) and one.certificate == ours,
        }
        for one in found
    ]
    is_good = bool(found) and all(one.is_intact and not one.changed_after for one in found) and found[-1].covers_all
    if as_json:
        show_json({"seals": rows, "unchanged": is_good})
    else:
        for one in rows:
            state = "intact" if one["intact"] else "BROKEN: the sealed part was changed"
            later = f"; CHANGED AFTER SEALING: {one['changed_after']}" if one["changed_after"] else ""
            by = "this agency's seal" if one["ours"] else f'a seal this machine does not know ("{one["signer"]}")'
            click.echo(f"{one['field']}: {state}{later}; {by}, {one['at'] or 'no time'} by the maker's own clock")
        if rows and is_good:
            click.echo("Nothing was changed since the last seal.")
    if not is_good:
        raise FindingsBlock(
            f"{file.name} was changed since it was sealed, or after." if found else f"{file.name} carries no seal."
        )
