"""Draws the reference photos that the built-in questionnaires bring along: ``python -m tests.content.draw_reference_photos``.

Their digests are said, to be written into the questions. A photo that changes needs a new version of its questionnaire.
"""

import hashlib

from field.content import PHOTOS
from field.photos.derive import derive
from field.photos.draw import draw

#: The question that each one shows, and its drawing: scene and seed.
DRAWN = {"entrance_tidy": ("shopfront", 1), "shelves_tidy": ("shelf", 1), "toilets_clean": ("washroom", 3)}
LONG_SIDE = 960

if __name__ == "__main__":
    for question, (scene, seed) in DRAWN.items():
        photo = derive(draw(scene, seed), LONG_SIDE).data
        (PHOTOS / f"{question}.jpg").write_bytes(photo)
        print(f"{question} {hashlib.sha256(photo).hexdigest()}")
