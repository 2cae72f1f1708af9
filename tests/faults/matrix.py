"""The values of the matrix in words: what befalls the phone, the network, the server and what is below it.

Left out, because they need hardware or another machine: power loss (the order of fsync and answer stands for it), the
bucket's own failures (``tests/photos``), replicas, and PostgreSQL that would not sync (it is refused at the start).
A full phone, a storage that closes or is emptied and a newer build are here as what a server sees of them; the browser's
own part in these is tried in ``tests/browser`` and ``tests/js``.
"""

import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress

from tests.faults import proxy
from tests.faults.killer import BARE
from tests.faults.phones import Phone, Visit
from tests.faults.scene import Deliver, Scene
from tests.faults.worlds import digest_of, some_photos

Act = Callable[[Scene], None]


# The phone

def plainly(scene: Scene, phone: Phone, visit: Visit) -> None:
    phone.deliver(visit, going=lambda: not scene.over)


def killed_while_sending(scene: Scene, phone: Phone, visit: Visit) -> None:
    """What it had noted about the server is gone; the visit is not."""
    phone.deliver(visit, most=1)
    visit.stored.clear()
    plainly(scene, phone, visit)


def killed_after_the_photos(scene: Scene, phone: Phone, visit: Visit) -> None:
    for sha256 in visit.photos:
        phone.send_photo(visit, sha256)
    plainly(scene, scene.phone(scene.whose(visit)), visit)


def killed_before_the_receipt_is_kept(scene: Scene, phone: Phone, visit: Visit) -> None:
    plainly(scene, phone, visit)
    visit.receipt = None
    plainly(scene, phone, visit)


def two_tabs(scene: Scene, phone: Phone, visit: Visit) -> None:
    other = threading.Thread(target=plainly, args=(scene, phone, visit))
    other.start()
    plainly(scene, phone, visit)
    other.join()


def two_phones(scene: Scene, phone: Phone, visit: Visit) -> None:
    second = phone.finish([], visit=visit.id, finished={"at": "2026-11-20T11:00:00Z", "offset_min": 60})
    other = threading.Thread(target=plainly, args=(scene, phone, second))
    other.start()
    plainly(scene, phone, visit)
    other.join()


def wrong_clock(scene: Scene, phone: Phone, visit: Visit) -> None:
    year = scene.random.choice((2016, 2025, 2027, 2036))
    at = {"at": f"{year}-03-29T02:30:00Z", "offset_min": 120}
    plainly(scene, phone, phone.finish([], started=at, finished=at))
    plainly(scene, phone, visit)


def signed_out(scene: Scene, phone: Phone, visit: Visit) -> None:
    """Between photo and revision its session is gone, here or on the server, until the person signs in again."""
    who = scene.whose(visit)
    phone.send_photo(visit, next(iter(visit.photos)))
    if scene.random.random() < 0.5:
        scene.cookies[who] = ""
    else:
        scene.end_sessions(who)
    phone.deliver(visit, most=2)
    scene.sign_in(who)
    plainly(scene, phone, visit)


def switched_off_for_a_while(scene: Scene, phone: Phone, visit: Visit) -> None:
    """The person may not send any more, then may again and signs in."""
    who = scene.whose(visit)
    phone.send_photo(visit, next(iter(visit.photos)))
    with scene.desk:
        scene.switch(who, on=False)
        phone.deliver(visit, most=1)
        scene.switch(who, on=True)
        scene.sign_in(who)
    plainly(scene, phone, visit)


def photo_not_kept(scene: Scene, phone: Phone, visit: Visit) -> None:
    """It was full: of two photos one had gone up already but was not kept, and the visit goes without it."""
    sent = phone.finish(some_photos(scene.random, 1, 1))
    [(data, _entry)] = some_photos(scene.random, 1, 1)
    sent.photos[digest_of(data)] = data
    phone.send_photo(sent, digest_of(data))
    del sent.photos[digest_of(data)]
    plainly(scene, phone, sent)
    plainly(scene, phone, visit)


def notes_not_kept(scene: Scene, phone: Phone, visit: Visit) -> None:
    """Its storage had closed when the answers came: three times nothing of them was noted."""
    for _ in range(3):
        phone.step(visit)
        visit.stored.clear()
        visit.receipt = None
    plainly(scene, phone, visit)


def wiped(scene: Scene, phone: Phone, visit: Visit) -> None:
    """Emptied when its visit was acknowledged: another that knows nothing gets the same bytes back, and goes on."""
    plainly(scene, phone, visit)
    empty = scene.phone(scene.whose(visit))
    while visit.receipt and not empty.recalls(visit) and not scene.over:
        time.sleep(0.02)
    plainly(scene, empty, empty.finish([]))


def another_build(scene: Scene, phone: Phone, visit: Visit) -> None:
    phone.deliver(visit, most=1)
    phone._template = {**phone._template, "app_build": "2-newer"}
    plainly(scene, phone, visit)


def many_visits(scene: Scene, phone: Phone, visit: Visit) -> None:
    plainly(scene, phone, visit)
    for _ in range(6):
        plainly(scene, phone, phone.finish([]))


CLIENT: dict[str, Deliver] = {each.__name__: each for each in (
    plainly, killed_while_sending, killed_after_the_photos, killed_before_the_receipt_is_kept, two_tabs, two_phones, wrong_clock, signed_out,
    switched_off_for_a_while, another_build, photo_not_kept, notes_not_kept, wiped, many_visits)}

# The network: one fault of the proxy among requests that pass.

NETWORK: dict[str, dict[proxy.Fault, int]] = {"passed": {proxy.passed: 1}} | {
    fault.__name__: {proxy.passed: 1, fault: 2} for fault in proxy.FAULTS if fault is not proxy.passed}


# The server: a plan for its first life, and what is done to it meanwhile

def killed(scene: Scene) -> None:
    scene.server.kill()
    scene.server.start().until_ready()


def told_to_stop(scene: Scene) -> None:
    assert scene.server.stop() < 30
    scene.server.start().until_ready()


def older_copy_comes_back(scene: Scene) -> None:
    scene.wait_for(lambda: any(visit.receipt for visit in scene.ledger.visits))
    scene.forgiven = True
    scene.server.kill()
    with scene.disk:
        for path in scene.file.parent.glob("fieldscore.db*"):
            path.unlink()
        scene.file.write_bytes(scene.yesterday.read_bytes())
    scene.server.start().until_ready()


def rolling_update(scene: Scene) -> None:
    """The next release already serves while this one finishes its requests."""
    from tests.faults.killer import Server
    with Server(scene.place.home, scene.place.environ) as following:
        following.start().until_ready()
        scene.proxy.upstream = following.port
        scene.server.stop()
        time.sleep(0.5)
        scene.server.start().until_ready()
        scene.proxy.upstream = scene.server.port
        following.stop()


def clock_set_back(scene: Scene) -> None:
    scene.server.stop()
    scene.server.environ["PLANTED"] = "an_hour_ago"
    scene.server.start(command=BARE).until_ready()


def too_many_for_everyone(scene: Scene) -> None:
    """429 to all of them, most of the time, by the product's own limit."""
    scene.server.kill()
    scene.server.environ |= {"PLANTED": "little_is_allowed", "FIELDSCORE_RATE_LIMITS": "on"}
    scene.server.start(command=BARE).until_ready()


def another_secret(scene: Scene) -> None:
    scene.server.stop()
    (scene.place.home / "secrets" / "secret_key").write_text("ab" * 32)
    scene.server.start().until_ready()


def nothing(_scene: Scene) -> None:
    pass


SERVER: dict[str, tuple[str, Act]] = {
    "well": ("", nothing), "killed": ("", killed), "killed at a point": ("photo.renamed=kill@2 api.put_revision.committed=kill@3", nothing),
    "told to stop": ("", told_to_stop), "slower than the phone": ("api.put_revision.committing=sleep:2@2 photo.stored=sleep:2@2", nothing),
    "two releases": ("", rolling_update), "no memory": ("photo.read=memory@1 revision.read=memory@2", nothing),
    "no descriptors": ("photo.opened=files@1 photo.read=files@3", nothing), "read-only": ("photo.opened=readonly@2", nothing),
    "an older copy": ("", older_copy_comes_back), "clock set back": ("", clock_set_back), "another secret": ("", another_secret),
    "429 for everyone": ("", too_many_for_everyone),
}


# What is below the server

def locked_for_a_while(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.file, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(1)
        other.execute("ROLLBACK")


def photo_altered(scene: Scene) -> None:
    """Somebody changes a photo behind our back: verify names it, and nothing is shown in its place."""
    scene.wait_for(lambda: bool(scene.ledger.photos))
    for (_, sha256), data in [*scene.ledger.photos.items()][:1]:
        path = scene.place.photos / "original" / sha256[:2] / sha256
        path.write_bytes(data[:-1])
        told = scene.say("verify")
        path.write_bytes(data)
        assert told.returncode == 1 and sha256 in told.stdout, told.stdout


def migration_killed(scene: Scene) -> None:
    running = subprocess.Popen(scene.command("init"), env=scene.server.settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with suppress(subprocess.TimeoutExpired):
        running.wait(scene.random.uniform(0.5, 3))
    running.kill()
    running.wait()


DATABASE: dict[str, tuple[str, Act]] = {
    "well": ("", nothing), "locked": ("", locked_for_a_while), "full": ("photo.kept=dbfull@1 revision.kept=dbfull@2", nothing),
    "disk full": ("photo.opened=full@1", nothing), "read error": ("photo.written=broken@1 photo.synced=broken@3", nothing),
    "connection lost": ("revision.sealed=lost@1 api.put_photo.committing=lost@2", nothing), "conflict of writers": ("revision.kept=busy@1", nothing),
    "no connection free": ("revision.judged=busy@1 photo.stored=busy@1", nothing), "a photo altered": ("", photo_altered),
    "a migration killed": ("", migration_killed),
}
