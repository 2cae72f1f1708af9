"""Drawn photos are ordinary photos, no two alike, and the same again from the same seed."""

import pytest

from field.photos.draw import SCENES, draw
from field.photos.inspect import look


@pytest.mark.parametrize("scene", SCENES)
def test_a_drawn_photo_is_a_jpeg_of_an_ordinary_size(scene):
    photo = draw(scene, 1)

    header = look(photo)

    assert (header.kind, header.width, header.height) == ("jpeg", 1280, 960)
    assert 30_000 < len(photo) < 130_000


def test_the_same_seed_draws_the_same_photo():
    assert draw("aisle", 5) == draw("aisle", 5)


def test_no_two_seeds_draw_the_same_photo():
    assert len({draw("shelf", seed) for seed in range(30)}) == 30


@pytest.mark.parametrize("scene", SCENES)
def test_a_failure_looks_different(scene):
    assert draw(scene, 1, tidy=False) != draw(scene, 1)
