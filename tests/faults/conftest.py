"""What the fault tests share: a place where the product lives, and bare servers with or without a planted bug."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killer import BARE, Server
from tests.faults.worlds import Place, make_place


@pytest.fixture
def place(tmp_path: Path, new_database: Callable[[], str]) -> Place:
    home = tmp_path / "home"
    home.mkdir()
    return make_place(home, new_database())


@pytest.fixture
def bare_server(place: Place) -> Iterator[Callable[[str], Server]]:
    """Starts the product in one worker, which nobody starts again, with a planted bug or none."""
    started: list[Server] = []

    def start(planted: str = "") -> Server:
        started.append(Server(place.home, {**place.environ, "PLANTED": planted}, command=BARE, workers=1))
        return started[-1].start().until_ready()
    yield start
    for server in started:
        server.kill()


@pytest.fixture
def strace() -> None:
    if shutil.which("strace") is None:
        pytest.skip("NO STRACE HERE: the order of fsync and answer is not checked. Install it: apt-get install strace")
