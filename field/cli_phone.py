"""``flask phone``: the same server over HTTPS on the local network, for trying a real phone.

Phones give service workers, storage and cryptography only to HTTPS. So a certificate authority of our own is made once
in the data folder; the phone fetches and trusts its certificate from a plain page, then opens the address.
"""

import http.server
import os
import socket
from functools import partial
from pathlib import Path
from threading import Thread

import click
import segno
from flask import current_app

from field.certificates import Authority

PORT = click.IntRange(1, 65_535)


@click.command()
@click.option("--port", default=8443, show_default=True, type=PORT)
@click.option("--help-port", default=8080, show_default=True, type=PORT, help="Plain page with the certificate to trust.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
def phone(port: int, help_port: int, workers: int) -> None:
    """Serves over HTTPS on the local network and shows the address as a code."""
    from field.web.server import run
    address = _own_address()
    authority = Authority(current_app.config["FIELDSCORE"].home / "tls")
    certificate, key = authority.issue(address)
    _serve_help(authority.folder, address, help_port)
    url = f"https://{address}:{port}"
    click.echo(f"1. On the phone open http://{address}:{help_port}/ and trust the certificate, once.")
    click.echo(f"2. Then open {url}/app/ or scan:")
    segno.make(f"{url}/app/").terminal(compact=True)
    os.environ["FIELDSCORE_BASE_URL"] = url
    current_app.extensions["database"].dispose()
    run(host="0.0.0.0", port=port, workers=workers, certificate=certificate, key=key)  # noqa: S104 - the point of it


def _own_address() -> str:
    """This machine's address in the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Fieldscore on this phone</title><h1>Trust this network's Fieldscore</h1>
<p><a href="ca.crt">Download the certificate</a></p>
<p>iPhone: Settings, Profile Downloaded, Install; then General, About, Certificate Trust Settings, switch it on.</p>
<p>Android: Settings, Security, Encryption, Install a certificate, CA certificate.</p>
<p>Remove it again when you are done trying.</p></html>"""


def _serve_help(folder: Path, address: str, port: int) -> None:
    public = folder / "public"
    public.mkdir(exist_ok=True)
    (public / "index.html").write_text(_PAGE)
    (public / "ca.crt").write_bytes((folder / "ca.crt").read_bytes())
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(public))
    server = http.server.ThreadingHTTPServer((address, port), handler)
    Thread(target=server.serve_forever, daemon=True).start()
