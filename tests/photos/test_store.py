"""The store keeps whole photos or none."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from field import clock
from field.errors import Problem
from field.photos.decoder import Decoder
from field.photos.derivatives import ensure_derivative
from field.photos.store import NotStored, PhotoStore, open_store
from tests.photos.aside import goes_aside_and_comes_back
from tests.photos.making import jpeg

DATA = jpeg()
SHA = hashlib.sha256(DATA).hexdigest()
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return open_store(f"file:{tmp_path}/photos")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_can_be_got(store: PhotoStore) -> None:
    store.put(SHA, DATA)
    assert store.exists(SHA) and store.get(SHA) == DATA
    with store.open(SHA) as file:
        assert file.read() == DATA


def test_an_original_and_its_derivatives_stand_apart(store: PhotoStore) -> None:
    store.put(SHA, b"small", 400)
    assert not store.exists(SHA) and store.get(SHA, 400) == b"small"
    with pytest.raises(NotStored):
        store.get(SHA)


def test_putting_again_mends_a_file_that_was_damaged(store: PhotoStore, tmp_path: Path) -> None:
    store.put(SHA, DATA)
    (path,) = _files(tmp_path)
    path.write_bytes(DATA[:10])
    store.put(SHA, DATA)
    assert store.get(SHA) == DATA and _files(tmp_path) == [path]


def test_deleting_takes_the_derivatives_too(store: PhotoStore, tmp_path: Path) -> None:
    store.put(SHA, DATA)
    store.put(SHA, b"small", 400)
    store.delete(SHA)
    store.delete(SHA)
    assert _files(tmp_path) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "a" * 64 + "\n", "/" + "a" * 63])
def test_only_a_digest_is_a_name(store: PhotoStore, name: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        store.put(name, DATA)


def test_photos_are_for_the_owner_alone(store: PhotoStore, tmp_path: Path) -> None:
    store.put(SHA, DATA)
    (path,) = _files(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("failure", "code"), [(errno.ENOSPC, "store.full"), (errno.EDQUOT, "store.full")])
@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_a_full_disk_is_a_problem_and_leaves_nothing(
    store: PhotoStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, failure: int, code: str,
) -> None:
    _fails(monkeypatch, call, failure)
    with pytest.raises(Problem, match=code):
        store.put(SHA, DATA)
    assert _files(tmp_path) == []


def test_a_broken_disk_is_no_problem_of_the_photo(store: PhotoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    _fails(monkeypatch, "fsync", errno.EIO)
    with pytest.raises(OSError, match="broken"):
        store.put(SHA, DATA)
    assert not store.exists(SHA)


def test_short_writes_are_continued(store: PhotoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:100]))
    store.put(SHA, DATA)
    assert store.get(SHA) == DATA


def test_bytes_are_durable_before_the_name_and_the_name_before_the_answer(
    store: PhotoStore, monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    for name in ("write", "fsync", "rename", "mkdir"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, real=real, **k: (calls.append(name), real(*a, **k))[1])
    store.put(SHA, DATA)
    assert calls == ["mkdir"] * 257 + ["fsync", "fsync", "fsync", "write", "fsync", "rename", "fsync"]
    calls.clear()
    store.put(hashlib.sha256(b"another shard").hexdigest(), DATA)
    assert calls == ["write", "fsync", "rename", "fsync"]


def test_sweeping_removes_old_unfinished_files_alone(store: PhotoStore, tmp_path: Path) -> None:
    store.put(SHA, DATA)
    folder = tmp_path / "photos" / "original" / SHA[:2]
    for name in ("old.part", "new.part"):
        (folder / name).write_bytes(b"half")
    yesterday = (clock.now() - timedelta(days=1)).timestamp()
    for name in ("old.part", SHA):
        os.utime(folder / name, (yesterday, yesterday))
    assert store.sweep(clock.now() - timedelta(hours=1)) == 1
    assert sorted(path.name for path in folder.iterdir()) == sorted([SHA, "new.part"])


def test_what_is_set_aside_is_no_original_until_it_is_put_back(store: PhotoStore, tmp_path: Path) -> None:
    goes_aside_and_comes_back(store, SHA, DATA)
    assert _files(tmp_path) == [tmp_path / "photos" / "original" / SHA[:2] / SHA]


def test_a_photo_lies_durably_in_its_new_place_before_it_leaves_the_old_one(store: PhotoStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(SHA, DATA)
    store.set_aside(SHA)
    store.put_back(SHA)
    calls: list[str] = []
    real_fsync, real_rename = os.fsync, os.rename
    monkeypatch.setattr(os, "rename", lambda *a, **k: (calls.append("rename"), real_rename(*a, **k)))
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append(Path(os.readlink(f"/proc/self/fd/{fd}")).parent.name), real_fsync(fd)))
    store.set_aside(SHA)
    assert calls == ["rename", "aside", "original"]


def test_a_killed_writer_leaves_whole_photos_or_none(tmp_path: Path) -> None:
    program = (
        "import hashlib, itertools, sys; from field.photos.store import open_store\n"
        "store = open_store('file:' + sys.argv[1])\n"
        "for i in itertools.count():\n"
        "    data = str(i).encode() * 200_000; store.put(hashlib.sha256(data).hexdigest(), data); print('.', end='', flush=True)\n"
    )
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, cwd=CHECKOUT)
        writer.stdout.read(5)
        time.sleep(0.01)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    whole = [path for path in _files(tmp_path) if path.suffix != ".part"]
    assert whole
    for path in whole:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def test_an_unknown_kind_of_store_is_refused() -> None:
    with pytest.raises(ValueError, match="must be"):
        open_store("ftp://somewhere")


def test_a_page_gets_a_derivative_before_the_job_has_run(store: PhotoStore) -> None:
    store.put(SHA, DATA)
    with Decoder() as decoder:
        first = ensure_derivative(store, SHA, 400, decoder)
    assert store.exists(SHA, 1600)
    assert ensure_derivative(store, SHA, 400, Decoder(cpu_seconds=0)) == first


def _fails(monkeypatch: pytest.MonkeyPatch, call: str, failure: int) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(failure, "broken")

    monkeypatch.setattr(os, call, fail)
