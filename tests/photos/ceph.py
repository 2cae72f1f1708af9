"""Ceph's S3 gateway on this machine: one monitor, one store in memory, one gateway, as plain processes of this run."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

KEY, SECRET = "AKTEST", "SKTESTSECRET"
PROGRAMS = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool", "ceph-authtool")
_SETTINGS = """
mon_initial_members=a
public_network=127.0.0.0/8
osd_pool_default_size=1
osd_pool_default_min_size=1
osd_pool_default_pg_num=8
osd_pool_default_pgp_num=8
mon_allow_pool_size_one=true
osd_crush_chooseleaf_type=0
osd_objectstore=memstore
memstore_device_bytes=2147483648
osd_memory_target=939524096
mon_data_avail_crit=1
ms_bind_ipv6=false
"""


def is_installed() -> bool:
    return all(shutil.which(program) for program in PROGRAMS)


@contextmanager
def gateway(folder: Path) -> Iterator[str]:
    """The address of a gateway that knows one person, ``KEY`` with ``SECRET``; everything ends with the block."""
    port, monitor = _free_port(), _free_port()
    for name in ("mon", "osd", "rgw", "run", "log"):
        (folder / name).mkdir()
    _write_settings(folder, port, monitor)
    environ = {**os.environ, "CEPH_CONF": str(folder / "ceph.conf")}

    def run(*words: str) -> None:
        with (folder / "log" / "setup").open("ab") as log:
            subprocess.run(words, env=environ, check=True, timeout=120, stdout=log, stderr=log)
    try:
        _start(folder, monitor, run)
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        for file in (folder / "run").glob("*.pid"):
            with suppress(ProcessLookupError, ValueError):
                os.kill(int(file.read_text()), signal.SIGKILL)


def _write_settings(folder: Path, port: int, monitor: int) -> None:
    places = {
        "fsid": str(uuid4()), "mon_host": f"[v2:127.0.0.1:{monitor}/0]", "run_dir": f"{folder}/run", "admin_socket": f"{folder}/run/$name.asok",
        "log_file": f"{folder}/log/$name.log", "pid_file": f"{folder}/run/$name.pid", "mon_data": f"{folder}/mon", "osd_data": f"{folder}/osd",
        "rgw_data": f"{folder}/rgw", "keyring": f"{folder}/keyring", "rgw_frontends": f"beast endpoint=127.0.0.1:{port}",
    }
    lines = "\n".join(f"{name}={value}" for name, value in places.items())
    (folder / "ceph.conf").write_text(f"[global]\n{lines}{_SETTINGS}")


def _start(folder: Path, monitor: int, run) -> None:
    fsid = next(line.partition("=")[2] for line in (folder / "ceph.conf").read_text().splitlines() if line.startswith("fsid"))
    keyring, map_ = str(folder / "keyring"), str(folder / "monmap")
    run("ceph-authtool", "--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
    for name, caps in (("client.admin", ("mon", "osd", "mgr")), ("client.rgw.a", ("mon", "osd")), ("osd.0", ("mon", "osd"))):
        allowed = [word for cap in caps for word in ("--cap", cap, "allow profile osd" if (name, cap) == ("osd.0", "mon") else "allow *")]
        run("ceph-authtool", keyring, "--gen-key", "-n", name, *allowed)
    run("monmaptool", "--create", "--addv", "a", f"[v2:127.0.0.1:{monitor}/0]", "--fsid", fsid, map_)
    run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map_, "--keyring", keyring)
    run("ceph-mon", "-i", "a")
    store = str(uuid4())
    run("ceph", "osd", "new", store, "0")
    run("ceph", "auth", "import", "-i", keyring)
    run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store)
    run("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=here")
    run("ceph-osd", "-i", "0")
    run("radosgw-admin", "user", "create", "--uid=app", "--display-name=app", f"--access-key={KEY}", f"--secret-key={SECRET}")
    run("radosgw", "-n", "client.rgw.a")


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
            return
        time.sleep(0.2)
    raise TimeoutError("the gateway did not come up")


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
