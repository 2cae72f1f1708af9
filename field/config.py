"""Settings: the environment becomes one frozen Config; every bad setting is reported at once."""

import os
import secrets
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from field import faults as moments

_ROOT = Path(__file__).parent.parent
#: The file in the data folder of a demo.
_DEMO = "demo"


class BadSettings(SystemExit):
    """Says which settings are wrong and what each must be, in place of a traceback; never repeats a value that may be secret."""


@dataclass(frozen=True)
class Config:
    home: Path
    database_url: str
    photo_store: str
    redis_url: str | None
    base_url: str
    rate_limits: bool
    second_factor: str
    secret_key: bytes
    receipt_key: bytes
    kill_worker: bool
    metrics_token: str | None
    faults: str

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https:")

    @property
    def host(self) -> str:
        """The name or number in our own address, as browsers write it; without brackets or port."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def passkey_host(self) -> str | None:
        """What passkeys are bound to; None where browsers have none: at a bare number, or without https on a network."""
        named = self.host == "localhost" or (self.https and not _is_number(self.host))
        return self.host if named else None

    @property
    def loopback(self) -> bool:
        """Whether our address is good on this machine only, so that a code on paper would lead nowhere."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def load(environ: Mapping[str, str] = os.environ) -> Config:
    """The Config that the environment asks for; BadSettings names all that is wrong. Makes the home and its secrets."""
    faults: list[str] = []
    home = Path(environ.get("FIELDSCORE_HOME") or _ROOT / "var").absolute()
    settings = {
        "database_url": _checked(environ, "DATABASE_URL", f"sqlite:///{home / 'fieldscore.db'}", _database, faults),
        "photo_store": _checked(environ, "PHOTO_STORE", f"file:{home / 'photos'}", _photo_store, faults),
        "redis_url": _checked(environ, "REDIS_URL", None, _redis, faults),
        "base_url": _checked(environ, "FIELDSCORE_BASE_URL", "http://127.0.0.1:8000", _base_url, faults),
        "rate_limits": _checked(environ, "FIELDSCORE_RATE_LIMITS", "on", _one_of("on", "off"), faults) != "off",
        "second_factor": _checked(environ, "FIELDSCORE_SECOND_FACTOR", _second_factor(home), _one_of("required", "optional"), faults),
        "kill_worker": _checked(environ, "FIELD_SW_KILL", "0", _one_of("0", "1"), faults) == "1",
        "metrics_token": _checked(environ, "FIELDSCORE_METRICS_TOKEN", None, _token, faults),
        "faults": _checked(environ, "FIELDSCORE_FAULTS", "", _planned(environ.get("FIELDSCORE_TESTING")), faults),
    }
    if settings["rate_limits"] is False and settings["base_url"] and not Config(
            home=home, secret_key=b"", receipt_key=b"", **settings).loopback:
        faults.append("FIELDSCORE_RATE_LIMITS may be off on a loopback address only; set it to on.")
    secrets_found = _secrets(home, faults) if not faults else {}
    if faults:
        raise BadSettings("\n".join(faults))
    return Config(home=home, **{**settings, "base_url": _origin(settings["base_url"])}, **secrets_found)


def mark_demo(home: Path) -> None:
    """Remembers that the store holds the demo, whose people come and go with a password that everybody knows."""
    (home / _DEMO).touch()


def _second_factor(home: Path) -> str:
    return "optional" if (home / _DEMO).exists() else "required"


def _checked(environ: Mapping[str, str], name: str, default: str | None,
             check: Callable[[str], str | None], faults: list[str]) -> str | None:
    value = environ.get(name) or default
    fault = check(value) if value is not None else None
    if fault:
        faults.append(f"{name} {fault}")
    return value


def _one_of(*allowed: str) -> Callable[[str], str | None]:
    return lambda value: None if value in allowed else f"must be one of: {', '.join(allowed)}."


def _database(value: str) -> str | None:
    with suppress(ArgumentError, ValueError):  # no URL, or a port that is no number
        if make_url(value) and value.startswith(("sqlite:///", "sqlite+pysqlite:///", "postgresql+psycopg://", "postgresql://")):
            return None
    return ("must be a URL such as sqlite:////path/file.db or postgresql+psycopg://user@host/name; "
            "of other databases and drivers it is not known when something is safe on the disk.")


def _photo_store(value: str) -> str | None:
    return None if value.startswith(("file:/", "s3://")) else "must be file:/absolute/folder or s3://bucket/prefix?endpoint=…."


def _redis(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        if parts.scheme in ("redis", "rediss") and parts.hostname and parts.port != 0:
            return None
    except ValueError:
        pass  # no port or no number of that kind
    return "must be a URL such as redis://host:6379/0."


def _token(value: str) -> str | None:
    return None if len(value) >= 16 and value.isascii() and value.isprintable() else "must have 16 printable characters or more."


def _planned(testing: str | None) -> Callable[[str], str | None]:
    """Faults on purpose (``field/faults.py``) are for servers that say of themselves that they are being tested."""
    def check(value: str) -> str | None:
        if value and testing != "yes":
            return "makes the server fail on purpose, in tests alone: it needs FIELDSCORE_TESTING=yes. Take it out."
        try:
            moments.parse(value)
        except ValueError as fault:
            return f"{fault}."
        return None
    return check


def _base_url(value: str) -> str | None:
    try:
        parts = urlsplit(_origin(value))
        if parts.scheme in ("http", "https") and parts.hostname and urlsplit(value).path in ("", "/") and not urlsplit(value).query:
            return None
    except ValueError:
        pass  # no port, no name or no number of that kind
    return "must be scheme and host alone, such as https://scores.example.org."


def _origin(address: str) -> str:
    """The address as browsers write an Origin: small letters, IDNA, the shortest form of a number, no usual port."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    host = ip_address(host).compressed if _is_number(host) else host.encode("idna").decode("ascii")
    shown = f"[{host}]" if ":" in host else host
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{shown}" if usual else f"{parts.scheme}://{shown}:{port}"


def _secrets(home: Path, faults: list[str]) -> dict[str, bytes]:
    try:
        folder = home / "secrets"
        _close(home)
        folder.mkdir(exist_ok=True, mode=0o700)
        return {name: _secret(folder / name) for name in ("secret_key", "receipt_key")}
    except OSError as error:
        faults.append(f"FIELDSCORE_HOME must be a folder that can be written ({error.strerror}).")
        return {}


def _close(home: Path) -> None:
    """Makes the data folder for the owner alone; one that is there is closed too, unless it is everybody's, such as /tmp."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = home.stat()
    if found.st_uid == os.geteuid() and found.st_mode & 0o077 and not found.st_mode & stat.S_ISVTX:
        home.chmod(0o700)


def _secret(path: Path) -> bytes:
    """32 random bytes, made on first use, readable by the owner alone; two starts at once agree on one."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        value = bytes.fromhex(path.read_text().strip())
        if len(value) < 32:
            raise OSError(0, f"{path.name} holds fewer than 32 bytes") from None
        return value
    value = secrets.token_bytes(32)
    with os.fdopen(handle, "w") as file:
        file.write(value.hex())
        file.flush()
        os.fsync(file.fileno())
    return value
