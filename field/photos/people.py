"""Drawn pictures with people in them, always without a face. ``tidy`` false shows a failure."""

from random import Random

from field.photos.canvas import HEIGHT, WIDTH, Canvas, shade
from field.photos.places import FRONTS, GOODS, WALLS, carton

_SKINS = ("#c99b7a", "#8a5f48", "#e0b898", "#6b4634", "#d9aa88")
_HAIR = ("#3a2d28", "#6b4a33", "#23211f", "#8d8378", "#a97c4d")
_COATS = ("#8b5a6b", "#56707c", "#b0704b", "#6c7f5f", "#4a5a7a", "#7d6a83")


def uniform(rng: Random, tidy: bool) -> Canvas:
    """A chest in the agreed dress, cut off below the face."""
    vest, skin = rng.choice(FRONTS), rng.choice(_SKINS)
    canvas = Canvas(rng.choice(WALLS))
    canvas.box(900, 0, 380, HEIGHT, (0, 0, 0, 26))
    canvas.shape([(540, 0), (740, 0), (740, 300), (640, 390), (540, 300)], skin)
    canvas.shape([(540, 180), (740, 250), (740, 180)], shade(skin, -0.12))
    shirt = "#f0ece2"
    canvas.shape([(530, 268), (750, 268), (930, 340), (1000, 470), (1050, HEIGHT),
                  (230, HEIGHT), (280, 470), (350, 340)], shirt)
    canvas.shape([(400, 620), (420, HEIGHT), (404, HEIGHT)], shade(shirt, -0.16))
    canvas.shape([(880, 620), (876, HEIGHT), (860, HEIGHT)], shade(shirt, -0.16))
    canvas.shape([(540, 250), (740, 250), (640, 420)], skin)
    canvas.shape([(430, 330), (520, 300), (640, 560), (760, 300), (850, 330), (870, HEIGHT), (410, HEIGHT)], vest)
    canvas.shape([(545, 262), (470, 330), (560, 450), (600, 400), (640, 420)], "#fbf8f0")
    collar = 810 if tidy else 860
    canvas.shape([(735, 262), (collar, 330), (720, 450), (680, 400), (640, 420)], "#fbf8f0")
    for button in range(3):
        canvas.oval(640, 640 + button * 110, 11, 11, shade(vest, -0.35))
    _badge_or_stain(canvas, tidy)
    return canvas


def _badge_or_stain(canvas: Canvas, tidy: bool) -> None:
    if tidy:
        canvas.box(704, 560, 150, 78, "#f7f2e6", 10).box(722, 580, 100, 14, "#3a4248", 4)
        canvas.box(722, 608, 62, 10, "#7d868c", 4)
    else:
        canvas.oval(520, 700, 54, 38, "#8b7650").oval(562, 736, 26, 18, "#8b7650")
        canvas.oval(486, 752, 14, 11, "#8b7650")


def helping(rng: Random, tidy: bool) -> Canvas:
    """Somebody of the shop beside a customer; when not, the customer waits alone."""
    canvas = Canvas(shade(rng.choice(WALLS), 0.2))
    canvas.box(0, 800, WIDTH, 160, "#a79f92").box(0, 788, WIDTH, 12, "#8f887c")
    canvas.box(70, 40, 420, 760, "#77715f", 4)
    for row in range(5):
        for column in range(4):
            colour = shade(rng.choice(GOODS), rng.uniform(-0.1, 0.1))
            canvas.box(92 + column * 98, 66 + row * 146, 82, 112, colour, 6)
        canvas.box(70, 178 + row * 146, 420, 14, "#5f5a4c")
    coat = rng.choice(_COATS)
    if tidy:
        vest = rng.choice(FRONTS)
        _standing(canvas, 720, 860, 1.0, vest, rng)
        canvas.line([(790, 510), (876, 560), (936, 556)], shade(vest, 0.08), 50)
        canvas.oval(948, 554, 24, 22, "#c99b7a")
    _standing(canvas, 1030, 860, 0.95, coat, rng)
    return canvas


def _standing(canvas: Canvas, x: float, ground: float, size: float, coat: str, rng: Random) -> None:
    """A person seen from behind or afar: hair, neck, coat and legs."""
    def up(share: float) -> float:
        return ground - share * size

    skin, hair = rng.choice(_SKINS), rng.choice(_HAIR)
    canvas.oval(x, ground, 110 * size, 16 * size, (0, 0, 0, 40))
    for leg in (-42, 6):
        canvas.box(x + leg * size, up(200), 38 * size, 198 * size, "#3b4046", 12 * size)
    canvas.box(x - 24 * size, up(520), 48 * size, 80 * size, shade(skin, -0.1), 10)
    canvas.box(x - 92 * size, up(466), 184 * size, 320 * size, coat, 78 * size)
    canvas.box(x - 92 * size, up(330), 184 * size, 184 * size, coat, 20 * size)
    canvas.oval(x, up(560), 62 * size, 70 * size, skin)
    canvas.oval(x, up(580), 66 * size, 60 * size, hair)
    canvas.box(x - 66 * size, up(585), 132 * size, 50 * size, hair, 22 * size)


def queue(rng: Random, tidy: bool) -> Canvas:
    """The queue at the till, from behind."""
    canvas = Canvas(shade(rng.choice(WALLS), 0.15))
    canvas.box(0, 720, WIDTH, 240, "#a9a499").box(0, 708, WIDTH, 12, "#8c887e")
    canvas.box(880, 90, 300, 96, rng.choice(FRONTS), 10).box(930, 122, 200, 32, "#f3eee0", 6)
    canvas.box(820, 520, 460, 200, "#8a735a", 8).box(800, 496, 480, 32, "#6f5b46", 6)
    canvas.box(1000, 390, 130, 92, "#30363b", 8).box(1012, 402, 106, 66, "#9fb7bd", 4)
    canvas.box(1052, 480, 26, 20, "#30363b")
    for place in range(2 if tidy else 5):
        x = 730 - place * (150 if not tidy else 210)
        _standing(canvas, x, 780 + place * 34, 0.78 + place * 0.07, rng.choice(_COATS), rng)
    return canvas


def till(rng: Random, tidy: bool) -> Canvas:
    """The counter with its till, card reader and a bag."""
    canvas = Canvas(rng.choice(WALLS))
    canvas.box(0, 600, WIDTH, 360, "#8f7556").box(0, 560, WIDTH, 52, "#a98d6b")
    canvas.box(0, 606, WIDTH, 8, "#6f5a41")
    canvas.box(360, 180, 400, 270, "#2c3237", 18).box(382, 202, 356, 226, "#dfe8ea", 8)
    for row in range(4):
        canvas.box(402, 224 + row * 38, rng.randint(110, 190), 16, "#6c7a82", 4)
        canvas.box(650, 224 + row * 38, 64, 16, "#6c7a82", 4)
    canvas.box(402, 384, 110, 26, "#24363f", 6).box(620, 384, 94, 26, "#24363f", 6)
    canvas.box(536, 450, 48, 60, "#2c3237").box(440, 504, 240, 60, "#3b4248", 10)
    canvas.box(850, 430, 128, 140, "#3b4248", 16).box(866, 446, 96, 48, "#b9d0d2", 6)
    for key in range(6):
        canvas.box(870 + key % 3 * 32, 508 + key // 3 * 24, 22, 14, "#8d979d", 4)
    bag = rng.choice(GOODS)
    canvas.shape([(1050, 330), (1220, 330), (1236, 566), (1034, 566)], "#d9c29b")
    canvas.line([(1096, 332), (1100, 270), (1172, 270), (1176, 332)], "#b99f74", 10)
    canvas.box(1080, 410, 110, 60, bag, 8)
    if not tidy:
        carton(canvas, 90, 470, 150)
        canvas.shape([(250, 566), (310, 520), (346, 566)], "#f3f3ee").oval(760, 640, 70, 12, "#6d5536")
    return canvas


def receipt(rng: Random, tidy: bool) -> Canvas:
    """A receipt on the counter; when not right, one line is ringed."""
    canvas = Canvas(rng.choice(("#a98d6b", "#8f8a7e", "#7f8c8d", "#9c8166")))
    for plank in range(4):
        canvas.box(0, 236 * plank + 120, WIDTH, 4, (0, 0, 0, 28))
    canvas.shape([(432, 74), (902, 54), (930, HEIGHT), (420, HEIGHT)], (0, 0, 0, 45))
    canvas.shape([(412, 60), (880, 40), (906, HEIGHT), (398, HEIGHT)], "#f8f7f2")
    canvas.box(540, 96, 220, 40, "#2d3338", 6).box(580, 154, 140, 14, "#8d9397", 4)
    for row in range(8):
        y = 224 + row * 58
        canvas.box(456, y, rng.randint(140, 250), 20, "#5b6267", 4).box(770, y, 84, 20, "#5b6267", 4)
    canvas.box(456, 700, 398, 4, "#8d9397").box(456, 730, 130, 34, "#23282c", 5)
    canvas.box(730, 730, 124, 34, "#23282c", 5)
    for bar in range(34):
        canvas.box(470 + bar * 11, 820, rng.choice((3, 4, 7)), 90, "#23282c")
    if not tidy:
        y = 234 + rng.randrange(8) * 58
        canvas.ring(812, y, 78, 36, "#1d4a9e", 7)
    return canvas
