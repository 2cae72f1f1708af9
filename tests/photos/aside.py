"""What every store promises of photos that are set aside."""

from field.photos.store import PhotoStore


def goes_aside_and_comes_back(store: PhotoStore, sha256: str, data: bytes) -> None:
    """Twice each way; at the end the original is there alone."""
    store.put(sha256, data)
    for _ in range(2):
        store.set_aside(sha256)
        assert (list(store.names()), list(store.aside()), store.exists(sha256)) == ([], [sha256], False)
    for _ in range(2):
        store.put_back(sha256)
        assert (list(store.names()), list(store.aside()), store.get(sha256)) == ([sha256], [], data)
    store.set_aside(sha256)
    store.put(sha256, data)
    store.discard(sha256)
