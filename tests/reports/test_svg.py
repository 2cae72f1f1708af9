"""Places on scales: 50 to 100, an arrow below, a ring for one visit, dashes for two or three."""

import pytest

from field.reports.svg import dots, range_bar, spot
from field.stats.ranges import NOTHING, Estimate, Range


@pytest.mark.parametrize(("value", "at", "off"), [
    (50, "0.0%", False), (75, "50.0%", False), (100, "100.0%", False), (43, "0.0%", True), (104, "100.0%", False),
])
def test_a_value_stands_in_percent_of_the_scale(value, at, off):
    assert (spot(value).at, spot(value).off) == (at, off)


def test_the_shape_tells_the_number_of_visits():
    one, two, four = (range_bar(Estimate(80.0, visits, None if visits == 1 else Range(70, 90)), 82.0) for visits in (1, 2, 4))
    assert (one.ring, one.dashed, one.low) == (True, False, None)
    assert (two.ring, two.dashed) == (False, True)
    assert (four.ring, four.dashed) == (False, False)


def test_without_a_visit_only_the_line_of_the_region_stands():
    bar = range_bar(NOTHING, 82.0)
    assert (bar.dot, bar.low, bar.arrow, bar.line.at) == (None, None, False, "64.0%")


def test_a_score_below_the_scale_is_an_arrow():
    bar = range_bar(Estimate(43.0, 4, Range(36.0, 64.0)), None)
    assert bar.arrow and bar.dot.off and bar.high.at == "28.0%"


def test_the_chart_goes_down_as_far_as_its_values():
    assert dots([85.0, 91.0]).floor == 60
    assert dots([85.0], [38.0]).floor == 20
    assert dots([85.0, 91.0]).up(80) == "50.0%"
    assert dots([0.0]).grid[0] == 0
