"""A small certificate authority for trying phones on the local network; never for the public."""

import ipaddress
import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from field import clock

_YEAR = timedelta(days=365)


class Authority:
    """Keeps its key (for the owner alone) and certificate in ``folder``; made on first use."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        if not (folder / "ca.key").exists():
            self._make()
        self._key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
        self._certificate = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())

    def issue(self, address: str) -> tuple[Path, Path]:
        """Files of a certificate and its key for one address, good for a year."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(address, self._certificate.subject, key, _YEAR)
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        certificate = builder.sign(self._key, hashes.SHA256())
        return self._write("server.crt", _pem(certificate)), self._write("server.key", _private(key))

    def _make(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fieldscore on this network")])
        builder = _builder("Fieldscore on this network", name, key, 5 * _YEAR)
        certificate = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True).sign(key, hashes.SHA256())
        self._write("ca.crt", _pem(certificate))
        self._write("ca.key", _private(key))

    def _write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
        return path


def _builder(common_name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: timedelta) -> x509.CertificateBuilder:
    start = clock.now() - timedelta(hours=1)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + life))


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
