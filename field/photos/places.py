"""Drawn pictures of a shop's rooms and things. ``tidy`` false shows what a photo of a failure would show."""

from itertools import pairwise
from random import Random

from field.photos.canvas import HEIGHT, WIDTH, Canvas, shade

GOODS = ("#a05a4a", "#c49b4f", "#56707c", "#6c7f5f", "#b0704b", "#7d6a83", "#3f5f6e")
FRONTS = ("#24363f", "#2e4a42", "#54343c", "#3c3a52", "#5b4a2f")
WALLS = ("#c9cecb", "#d2cec5", "#c3cbd0", "#d3d3cd", "#c8cfc3")
_HORIZON = (640.0, 400.0)


def aisle(rng: Random, tidy: bool) -> Canvas:
    wall = rng.choice(WALLS)
    canvas = Canvas(shade(wall, 0.25))
    _room(canvas, wall, rng.choice(("#b1b1a8", "#aaa79c", "#b6b2b0")))
    for side in (-1, 1):
        _shelving(canvas, rng, side, gaps=0.02 if tidy else 0.14)
    if not tidy:
        _spill(canvas, rng.randint(470, 620), rng.randint(780, 860))
        carton(canvas, rng.randint(760, 830), rng.randint(620, 680), rng.randint(105, 140))
    return canvas


def _far(x: float, y: float, depth: float) -> tuple[float, float]:
    """Where a point of the picture's plane comes to lie when it stands ``depth`` times as far away."""
    return (_HORIZON[0] + (x - _HORIZON[0]) / depth, _HORIZON[1] + (y - _HORIZON[1]) / depth)


def _room(canvas: Canvas, wall: str, floor: str) -> None:
    canvas.shape([(0, HEIGHT), (WIDTH, HEIGHT), _far(WIDTH, HEIGHT, 5), _far(0, HEIGHT, 5)], floor)
    for depth in (1.25, 1.7, 2.5, 3.7):
        canvas.line([_far(0, HEIGHT, depth), _far(WIDTH, HEIGHT, depth)], shade(floor, -0.06), 3)
    for lane in (0.35, 0.65):
        lamp = [(WIDTH * lane - 60, -250), (WIDTH * lane + 60, -250)]
        canvas.shape([_far(*lamp[0], 1.5), _far(*lamp[1], 1.5), _far(*lamp[1], 4), _far(*lamp[0], 4)], "#f7f7f2")
    left, top = _far(0, -60, 5)
    right, bottom = _far(WIDTH, HEIGHT, 5)
    canvas.box(left, top, right - left, bottom - top, shade(wall, 0.45))
    canvas.box(left + 90, bottom - 95, 76, 95, shade(wall, -0.25))


def _shelving(canvas: Canvas, rng: Random, side: int, gaps: float) -> None:
    near = -40 if side < 0 else WIDTH + 40
    rows = [40 + 172 * i for i in range(6)]
    canvas.shape([_far(near, rows[0], 1), _far(near, rows[0], 5), _far(near, rows[-1], 5), _far(near, rows[-1], 1)],
                 "#77746c")
    for top, bottom in pairwise(rows):
        _row_of_goods(canvas, rng, near, top, bottom, gaps)
    for row in rows:
        board = [_far(near, row, 1), _far(near, row, 5), _far(near, row + 24, 5), _far(near, row + 24, 1)]
        canvas.shape(board, "#dcdcd5")


def _row_of_goods(canvas: Canvas, rng: Random, near: float, top: float, bottom: float, gaps: float) -> None:
    depth, run, colour = 1.0, 0, GOODS[0]
    while depth < 4.9:
        end = depth * 1.075
        if not run:
            run, colour, tall = rng.randint(2, 5), rng.choice(GOODS), rng.uniform(0.52, 0.84)
        run -= 1
        if rng.random() > gaps:
            head = bottom - (bottom - top) * tall
            back = end * 0.992
            corners = ((head, depth), (head, back), (bottom, back), (bottom, depth))
            canvas.shape([_far(near, y, z) for y, z in corners], shade(colour, rng.uniform(-0.12, 0.12)))
        depth = end


def _spill(canvas: Canvas, x: float, y: float) -> None:
    canvas.oval(x, y, 172, 42, "#c3d0d3").oval(x + 95, y + 18, 92, 26, "#c3d0d3")
    canvas.oval(x - 8, y - 4, 148, 30, "#d5e0e2")
    canvas.line([(x - 90, y - 10), (x - 30, y - 20), (x + 50, y - 19)], "#f4f8f8", 6)


def carton(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A cardboard box with its lid and one side in the shade."""
    canvas.box(x, y, size, size * 0.78, "#b08452")
    canvas.shape([(x, y), (x + size * 0.25, y - size * 0.2), (x + size * 1.22, y - size * 0.2), (x + size, y)], "#c79d6b")
    canvas.shape([(x + size, y), (x + size * 1.22, y - size * 0.2), (x + size * 1.22, y + size * 0.56),
                  (x + size, y + size * 0.78)], "#8f683d")
    canvas.box(x + size * 0.42, y, size * 0.16, size * 0.78, "#c9a577")


def shelf(rng: Random, tidy: bool) -> Canvas:
    canvas = Canvas("#4a4740")
    canvas.box(0, 0, WIDTH, 56, "#6d6a62")
    _packs(canvas, rng, 450, lambda: rng.randint(250, 360))
    canvas.box(0, 450, WIDTH, 190, "#eae9e3").box(0, 450, WIDTH, 12, "#c9c8c1")
    canvas.box(0, 628, WIDTH, 12, "#bdbcb4")
    blank = set() if tidy else {rng.randrange(4), rng.randrange(4)}
    for place in range(4):
        _price(canvas, 42 + place * 308, 486, rng, place in blank)
    _packs(canvas, rng, HEIGHT + 40, lambda: rng.randint(230, 290))
    return canvas


def _packs(canvas: Canvas, rng: Random, floor: float, height) -> None:
    x, index = 12.0, rng.randrange(len(GOODS))
    while x < WIDTH:
        width, tall, colour = rng.randint(146, 186), height(), GOODS[index // 2 % len(GOODS)]
        canvas.box(x, floor - tall, width, tall, colour, 16)
        canvas.box(x, floor - tall, 16, tall, shade(colour, -0.14), 10)
        canvas.box(x + 26, floor - tall * 0.72, width - 48, tall * 0.26, "#f1ecdf", 6)
        canvas.box(x + 40, floor - tall * 0.66, width - 92, 12, shade(colour, -0.1), 4)
        canvas.box(x + 40, floor - tall * 0.57, width - 116, 10, shade(colour, 0.3), 4)
        x, index = x + width + rng.randint(12, 22), index + 1


def _price(canvas: Canvas, x: float, y: float, rng: Random, blank: bool) -> None:
    if blank:
        canvas.box(x, y, 232, 116, "#d8d7d0", 8).box(x + 5, y + 5, 222, 106, "#e2e1da", 6)
        return
    canvas.box(x, y, 232, 116, rng.choice(("#ffffff", "#ffffff", "#f4df86")), 8)
    canvas.box(x + 20, y + 18, rng.randint(90, 160), 14, "#6b6b66", 4)
    canvas.box(x + 20, y + 50, rng.randint(96, 130), 46, "#23272b", 6)
    canvas.box(x + 176, y + 74, 34, 22, "#23272b", 4)


def shopfront(rng: Random, tidy: bool) -> Canvas:
    front, wall = rng.choice(FRONTS), rng.choice(("#9aa1a5", "#a9a199", "#98a29c", "#a79f96"))
    canvas = Canvas(wall)
    for row in range(7):
        canvas.box(0, row * 120, WIDTH, 3, shade(wall, -0.05))
    canvas.box(90, 104, 1100, 118, front, 6).box(90, 212, 1100, 12, shade(front, -0.35))
    letters = 470 if tidy else 300
    canvas.box(405, 136, letters, 44, "#f3eee0", 8)
    if not tidy:
        canvas.box(725, 136, 150, 44, shade(front, 0.18), 8)
    for left in (130, 860):
        _window(canvas, rng, left, front)
    _door(canvas, front)
    canvas.box(0, 820, WIDTH, 140, "#7c7b77").box(0, 820, WIDTH, 10, "#93928d")
    if not tidy:
        carton(canvas, 500, 800, 110)
        canvas.oval(770, 868, 62, 48, "#3d4348").shape([(752, 830), (790, 830), (772, 800)], "#3d4348")
    return canvas


def _window(canvas: Canvas, rng: Random, left: float, front: str) -> None:
    canvas.box(left, 268, 290, 462, shade(front, 0.12), 4).box(left + 14, 282, 262, 434, "#dde5e3")
    for place in range(2):
        height = rng.randint(130, 240)
        canvas.box(left + 42 + place * 112, 716 - height, 88, height, rng.choice(GOODS), 4)
    canvas.box(left + 14, 700, 262, 16, "#b9c2bf")
    canvas.shape([(left + 30, 282), (left + 78, 282), (left + 190, 700), (left + 142, 700)], (255, 255, 255, 70))
    canvas.box(left, 730, 290, 90, shade(front, -0.1))


def _door(canvas: Canvas, front: str) -> None:
    canvas.box(460, 246, 360, 576, shade(front, -0.15), 4)
    for left in (484, 646):
        canvas.box(left, 270, 150, 550, "#cfdcdb").shape(
            [(left + 20, 270), (left + 64, 270), (left + 130, 700), (left + 86, 700)], (255, 255, 255, 80))
    canvas.box(612, 500, 12, 110, "#33393d", 6).box(656, 500, 12, 110, "#33393d", 6)
    canvas.box(508, 330, 92, 112, "#ffffff", 6)
    for row in range(5):
        canvas.box(520, 346 + row * 18, 68, 7, "#5d656b", 3)


def sign(rng: Random, tidy: bool) -> Canvas:
    board, sky = rng.choice(FRONTS), rng.choice(("#b9c2c0", "#c2c9cd", "#c7c4bb"))
    canvas = Canvas(sky)
    canvas.box(0, 790, WIDTH, 170, "#8f908c").box(0, 790, WIDTH, 8, "#a3a49f")
    for post in (372, 884):
        canvas.box(post, 630, 30, 180, "#55585a")
    canvas.box(250, 200, 780, 460, board, 18).box(250, 630, 780, 30, shade(board, -0.25), 14)
    canvas.box(322, 274, rng.randint(420, 520), 72, "#f2edde", 8)
    for row in range(3):
        canvas.box(322, 396 + row * 70, rng.randint(260, 430), 30, "#a9bcc0", 6)
    canvas.line([(850, 526), (960, 526)], "#f2edde", 20)
    canvas.line([(916, 478), (964, 526), (916, 574)], "#f2edde", 20)
    if not tidy:
        canvas.shape([(250, 200), (420, 200), (340, 370), (250, 420)], shade(sky, -0.12))
        canvas.line([(420, 200), (340, 370), (410, 490), (360, 660)], shade(board, 0.4), 6)
    return canvas


def exit_way(rng: Random, tidy: bool) -> Canvas:
    wall = rng.choice(WALLS)
    canvas = Canvas(wall)
    canvas.box(0, 800, WIDTH, 160, "#a5a199").box(0, 786, WIDTH, 14, shade(wall, -0.2))
    canvas.box(430, 250, 420, 550, "#6e7a78", 4).box(452, 272, 180, 528, "#8b9997")
    canvas.box(648, 272, 180, 528, "#8b9997")
    canvas.box(470, 540, 144, 22, "#d7d9d6", 10).box(666, 540, 144, 22, "#d7d9d6", 10)
    canvas.box(480, 90, 320, 120, "#1f7a4d", 10)
    canvas.line([(690, 150), (762, 150)], "#f5f7f2", 14)
    canvas.line([(732, 120), (764, 150), (732, 180)], "#f5f7f2", 14)
    canvas.box(520, 112, 60, 78, "#f5f7f2", 4).oval(620, 124, 12, 12, "#f5f7f2")
    canvas.line([(616, 142), (600, 166), (622, 188)], "#f5f7f2", 11)
    canvas.box(940, 430, 80, 210, "#a8392f", 30).box(962, 400, 36, 36, "#3b3f42", 6)
    if not tidy:
        carton(canvas, 470, 690, 170)
        carton(canvas, 660, 730, 140)
        carton(canvas, 505, 570, 130)
    return canvas


def washroom(rng: Random, tidy: bool) -> Canvas:
    tile = rng.choice(("#d5dedd", "#dcdcd4", "#d3dbe2", "#dad6dc"))
    canvas = Canvas(shade(tile, -0.1))
    for row in range(7):
        for column in range(-1, 10):
            canvas.box(column * 142 + row % 2 * 71, row * 118, 138, 114, shade(tile, rng.uniform(0, 0.14)), 3)
    canvas.box(0, 826, WIDTH, 134, "#9aa3a3").box(0, 816, WIDTH, 14, shade(tile, -0.25))
    canvas.box(400, 80, 480, 380, "#8fa1a6", 20).box(416, 96, 448, 348, "#c8d8dc", 14)
    canvas.shape([(470, 96), (560, 96), (440, 444), (416, 444), (416, 260)], (255, 255, 255, 90))
    canvas.box(300, 590, 680, 44, "#f4f5f2", 20)
    canvas.shape([(400, 634), (880, 634), (810, 740), (470, 740)], "#e3e6e3")
    canvas.box(596, 740, 88, 86, "#cdd2d0").oval(640, 604, 190, 14, "#cfd6d5")
    canvas.line([(640, 594), (640, 520), (694, 520), (694, 548)], "#8a9498", 20)
    canvas.box(980, 320, 100, 190, "#6a777c", 14).box(1004, 470, 52, 60 if tidy else 14, "#f7f7f3", 3)
    canvas.box(220, 380, 70, 120, "#f1f2ee", 14)
    canvas.box(232, 430, 46, 58, rng.choice(GOODS) if tidy else "#dfe0dc", 6)
    if not tidy:
        _litter(canvas, rng)
    return canvas


def _litter(canvas: Canvas, rng: Random) -> None:
    canvas.oval(500, 880, 190, 28, "#b4bfc0").oval(560, 612, 60, 8, "#a49a83")
    canvas.oval(700, 616, 40, 6, "#a49a83")
    for x in (300, 420, 760, 980):
        y, lift = 860 + rng.randint(0, 50), rng.randint(22, 34)
        canvas.shape([(x, y), (x + 34, y - lift), (x + 84, y - 16), (x + 100, y + 12), (x + 40, y + 22)], "#f5f5f0")
        canvas.shape([(x + 34, y - lift), (x + 84, y - 16), (x + 46, y + 4)], "#dedfd9")
