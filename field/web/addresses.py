"""Addresses that a request brings along: only our own are followed."""


def here(address: str | None) -> str | None:
    """An address of our own, or None: never a way to another site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if all(character > " " and character != "\\" for character in address) else None


def label_of(agent: str) -> str:
    """What a person recognises a device by."""
    systems = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    system = next((name for name in systems if name in agent), "")
    browser = next((name for mark, name in browsers if mark in agent), "")
    return " ".join(filter(None, (browser, system))) or agent[:60] or "?"
