"""One run of everything at once: phones that send through a proxy that breaks, to a server that is killed."""

import threading
import time
from dataclasses import dataclass
from random import Random

from tests.faults.checker import Report, check
from tests.faults.killer import Killer, Server
from tests.faults.phones import Ledger
from tests.faults.proxy import Proxy, passed
from tests.faults.worlds import PEOPLE, Place, some_photos

PHONES = 16
#: Faults off: so long may it take until everything that waits is acknowledged.
_SETTLING = 60.0


@dataclass(frozen=True)
class Outcome:
    """The figures of a run."""

    report: Report
    connections: int
    kills: int
    whole_kills: int
    seconds: float
    settled: float
    requests: dict[str, int]
    counts: dict[str, int]

    def __str__(self) -> str:
        lines = [f"  {'connections':14}{self.connections:>8}  broken on purpose", f"  {'kills':14}{self.kills:>8}  of the server: {self.whole_kills} of all of it, the others of a worker at a named point", str(self.report),
                 f"  {'seconds':14}{self.seconds:>8.0f}  and {self.settled:.1f} until all was sent",
                 "  by fault      " + ", ".join(f"{name} {number}" for name, number in sorted(self.counts.items())),
                 "  by answer     " + ", ".join(f"{name} {number}" for name, number in sorted(self.requests.items()))]
        return "\n".join(lines)


def run(place: Place, *, connections: int, kills: int, seed: int, life: float = 3.0, most_seconds: float = 3600.0) -> Outcome:
    """Goes on until so many connections were broken and the server was killed so often; then lets everything settle."""
    ledger, began = Ledger(), time.monotonic()
    with Server(place.home, place.environ) as server, Proxy(server.port, seed) as proxy:
        enough = lambda: time.monotonic() - began > most_seconds or (proxy.faulted >= connections and server.kills >= kills)  # noqa: E731
        crowd = _Crowd(place, proxy, ledger, seed, enough)
        crowd.start()
        _kill_until(server, Random(seed), kills, enough, life)
        crowd.join_makers()
        proxy.faults, settling = {passed: 1}, time.monotonic()
        crowd.settle()
        settled = time.monotonic() - settling
        server.stop()
        report = check(ledger, place.database_url, place.photos, place.keys)
        return Outcome(report, proxy.faulted, server.kills, server.whole_kills, time.monotonic() - began, settled, dict(ledger.requests), dict(proxy.counts))


def _kill_until(server: Server, random: Random, kills: int, enough, life: float) -> None:
    """Kills as often as wanted, then serves until there was enough of the rest."""
    killer = Killer(server, random, life=life)
    while server.kills < kills and not enough():
        killer.one_life()
    server.start().until_ready()
    while not enough():
        time.sleep(0.05)


class _Crowd:
    """Phones that make and send visits, each in a thread, until there was enough; what is left is sent at the end."""

    def __init__(self, place: Place, proxy: Proxy, ledger: Ledger, seed: int, enough) -> None:
        self._settling, self._enough = threading.Event(), enough
        self._made = threading.Barrier(PHONES + 1)
        self._threads = [threading.Thread(target=self._live, args=(place, PEOPLE[number % 2], proxy, ledger, Random(f"{seed}/{number}")), daemon=True)
                         for number in range(PHONES)]
        self.errors: list[BaseException] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join_makers(self) -> None:
        self._made.wait(_SETTLING)

    def settle(self) -> None:
        self._settling.set()
        until = time.monotonic() + _SETTLING
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))
        if self.errors:
            raise self.errors[0]

    def _live(self, place: Place, name: str, proxy: Proxy, ledger: Ledger, random: Random) -> None:
        phone, open_visits = place.tcp_phone(name, proxy.port, ledger, random), []
        try:
            while not self._enough():
                open_visits.append(phone.finish(some_photos(random)))
                open_visits = [visit for visit in open_visits if not phone.deliver(visit, going=lambda: not self._enough())]
            self._made.wait(_SETTLING)
            self._settling.wait(_SETTLING)
            for visit in open_visits:
                phone.deliver(visit)
        except BaseException as error:
            self.errors.append(error)
            self._made.abort()
