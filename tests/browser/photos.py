"""Photos to take: the real ones where they lie beside the checkout, else drawn ones; each with a place and a name in its metadata."""

from pathlib import Path

from PIL import Image

SHARED = Path(__file__).parents[3] / "shared" / "data" / "photos"
REAL = ("landscape_6.jpg", "portrait_3.jpg", "portrait_8.jpg", "DSCN0010.jpg", "frozenpond.mpo", "jolla.jpg")
CANARY = "CANARY-Ashgrove-Lane-12"
_GPS, _ARTIST, _ORIENTATION = 0x8825, 0x013B, 0x0112


def photos(folder: Path) -> list[Path]:
    """Six files of photos as phones and cameras write them."""
    if SHARED.is_dir():
        return [SHARED / name for name in REAL]
    return [drawn(folder / f"drawn-{number}.jpg", number) for number in range(len(REAL))]


def drawn(path: Path, number: int = 0) -> Path:
    """A photo that lies on its side and says where and by whom it was taken."""
    picture = Image.radial_gradient("L").resize((1600, 1200)).convert("RGB")
    picture.paste((40 * number % 256, 180, 90), (200 + 90 * number, 200, 700 + 90 * number, 800))
    exif = Image.Exif()
    exif[_ARTIST], exif[_ORIENTATION] = CANARY, 6
    exif.get_ifd(_GPS).update({1: "N", 2: (47.0, 30.0, 0.0), 3: "E", 4: (19.0, 2.0, 0.0)})
    picture.save(path, "JPEG", quality=85, exif=exif, comment=CANARY)
    return path


def large(path: Path) -> Path:
    """A photo that stays large when it is made small: nothing but noise."""
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(path, "JPEG", quality=85)
    return path


def segments(jpeg: bytes) -> list[tuple[int, bytes]]:
    """The marker segments before the picture's own data: marker and content."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = int.from_bytes(jpeg[at + 2:at + 4], "big")
        found.append((jpeg[at + 1], jpeg[at + 4:at + 2 + length]))
        at += 2 + length
    return found
