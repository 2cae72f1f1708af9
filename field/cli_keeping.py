"""Commands that keep what was entrusted: verify, backup, restore."""

import base64

import click
from flask import current_app

from field.sync.verifying import Walk, verify


@click.command("verify")
def verify_all() -> None:
    """Compares all evidence with what vouches for it; names what differs or is missing, then exits with 1.

    May run beside the server. Photos that no visit names are told too: they are left over or still arriving, no loss.
    """
    signer, faults = current_app.extensions["signer"], 0
    keys = {key["key"]: base64.b64decode(key["public"]) for key in signer.public_keys()}
    walk = Walk(current_app.extensions["database"].read, current_app.extensions["photo_store"], keys)
    for finding in verify(walk):
        faults += not finding.stray
        click.echo(str(finding))
    looked = ", ".join(f"{number} {what}" for what, number in sorted(walk.counts.items()))
    click.echo(f"Looked at {looked or 'nothing, the store is empty'}.")
    if faults:
        raise click.ClickException(f"{faults} things differ or are missing.")
    click.echo("Nothing differs, nothing is missing.")


COMMANDS = (verify_all,)
