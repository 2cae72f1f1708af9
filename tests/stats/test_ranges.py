"""Pooled spread, ranges and shares against the golden numbers (method 2.6 and 2.7)."""

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from field.stats.pool import Pool, pooled, t_quantile
from field.stats.ranges import Range, Silence, estimate, estimates, region, site_range, smallest_change
from field.stats.rounding import one_decimal, whole
from field.stats.shares import wilson

G42 = {"A": [82, 91, 76, 88], "B": [70, 78], "C": [95, 90, 93]}
PLENTY = Pool(8.0, 60)


@pytest.mark.parametrize(("k", "n", "low", "high"), [
    (81, 263, 0.2552885198782742, 0.36620957698280004),
    (15, 148, 0.0623863995307363, 0.16048724172330803),
    (0, 20, 0.0, 0.16112515805281938),
    (1, 29, 0.006113214292762653, 0.17175521879320288),
])
def test_wilson_matches_newcombes_table(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), rel=1e-6)


def test_wilson_has_no_interval_without_a_visit_and_ends_at_one_when_all_pass() -> None:
    assert wilson(0, 0) is None
    assert wilson(7, 7)[1] == 1.0


def test_the_pool_matches_the_golden_numbers() -> None:
    pool = pooled(G42)
    assert (pool.sd, pool.df) == (pytest.approx(5.43777936702515, rel=1e-6), 6)


@pytest.mark.parametrize(("site", "mean", "half"), [
    ("A", 84.25, 6.652883388542739), ("B", 74.0, 9.408597916963815), ("C", 92.66666666666667, 7.682088030524681),
])
def test_half_widths_match_the_golden_numbers(site: str, mean: float, half: float) -> None:
    pool, visits = pooled(G42), G42[site]
    assert np.mean(visits) == pytest.approx(mean)
    assert pool.t * pool.sd / len(visits) ** 0.5 == pytest.approx(half, rel=1e-6)


def test_a_sites_score_is_the_mean_of_its_visits_not_of_their_points() -> None:
    visits = [Fraction(100 * earned, possible) for earned, possible in ((18, 20), (40, 50), (27, 45))]
    assert estimate(visits, PLENTY).mean == pytest.approx(76.66666666666667, rel=1e-6)


def test_a_pool_of_too_few_visits_gives_no_range_and_says_so() -> None:
    found = estimates(G42)["A"]
    assert (found.range, found.silence) == (None, Silence.TOO_FEW)


def test_a_range_starts_at_ten_degrees_of_freedom() -> None:
    assert site_range([80, 90], Pool(8.0, 9)) is None
    assert site_range([80, 90], Pool(8.0, 10)).high == pytest.approx(85 + t_quantile(10) * 8 / 2**0.5)


def test_one_visit_has_no_range() -> None:
    found = estimate([91], PLENTY)
    assert (found.mean, found.range, found.silence) == (91, None, Silence.ONE_VISIT)


def test_no_visit_has_no_score() -> None:
    assert (estimate([], PLENTY).mean, estimate([], PLENTY).silence) == (None, Silence.NO_VISIT)


def test_sites_with_one_visit_each_have_no_pool() -> None:
    assert pooled({"A": [80], "B": [90], "C": []}) == Pool(None, 0)
    assert estimate([80, 90], Pool(None, 0)).silence is Silence.ONE_VISIT_EACH


def test_equal_visits_show_no_range_of_width_nought() -> None:
    same = {site: [83.3, 83.3, 83.3, 83.3] for site in "ABCDE"}
    assert {found.silence for found in estimates(same).values()} == {Silence.NO_SPREAD}


def test_a_range_is_clipped_only_where_it_is_shown() -> None:
    found = site_range([99, 97], PLENTY)
    assert found.high > 100
    assert found.shown == (87, 100)
    assert Range(-4.0, 12.5).shown == (0, 13)


def uneven_samples() -> dict[str, list[float]]:
    rng = np.random.default_rng(7)
    steady = {f"s{i}": list(rng.normal(80, 2, 8)) for i in range(12)}
    return {**steady, "wild": list(rng.normal(70, 20, 8)), "few": list(rng.normal(70, 20, 4))}


def test_a_site_stands_on_its_own_spread_where_pooling_fails_and_it_has_eight_visits() -> None:
    samples = uneven_samples()
    pool, wild, few = pooled(samples), samples["wild"], samples["few"]
    assert not pool.even
    half = t_quantile(7) * np.std(wild, ddof=1) / 8**0.5
    assert site_range(wild, pool).high == pytest.approx(np.mean(wild) + half)
    assert site_range(few, pool).high == pytest.approx(np.mean(few) + pool.t * pool.sd / 2)


def test_equal_spreads_pass_the_check_at_any_number_of_visits() -> None:
    rng = np.random.default_rng(3)
    assert pooled({i: list(rng.normal(80, 8, int(n))) for i, n in enumerate(rng.integers(2, 13, 300))}).even


def test_the_check_agrees_with_scipys_levene() -> None:
    from scipy.stats import levene

    rng = np.random.default_rng(11)
    for spread in (1.0, 1.5, 2.0, 4.0):
        samples = [list(rng.normal(80, 5 * (spread if i == 0 else 1), 9)) for i in range(6)]
        assert pooled(dict(enumerate(samples))).even == (levene(*samples, center="median").pvalue >= 0.05)


def test_a_region_counts_each_site_once() -> None:
    samples = {"many": [90.0] * 9 + [88.0], "two": [70.0, 72.0]}
    found = region(estimates(samples, PLENTY).values(), PLENTY)
    assert found.mean == pytest.approx((89.8 + 71) / 2)
    error = (8**2 / 10 + 8**2 / 2) ** 0.5 / 2
    assert found.range.high - found.mean == pytest.approx(PLENTY.t * error)
    assert found.visits == 12


def test_the_smallest_change_worth_reading_matches_the_golden_number() -> None:
    assert smallest_change(8, 4) == pytest.approx(11.087230594797424, rel=1e-6)
    assert smallest_change(8, 4, 4) == smallest_change(8, 4) < smallest_change(8, 4, 2)


def test_halves_go_up_and_floats_do_not_tip_a_boundary() -> None:
    assert (whole(84.5), whole(Fraction(169, 2)), whole(84.49999999999999), whole(84.4)) == (85, 85, 85, 84)
    assert (one_decimal(Fraction(1225, 17)), one_decimal(72.05), one_decimal(100)) == ("72.1", "72.1", "100.0")


@given(st.dictionaries(st.integers(), st.lists(st.floats(0, 100), max_size=12), max_size=8))
def test_a_range_always_holds_its_score(samples: dict[int, list[float]]) -> None:
    for found in estimates(samples).values():
        assert found.range is None or found.range.low < found.mean < found.range.high


def test_a_big_network_is_ranged_well_under_a_tenth_of_a_second() -> None:
    rng = np.random.default_rng(1)
    samples = {i: rng.normal(82, 8, 5 if i < 2287 else 4).tolist() for i in range(2803)}
    assert sum(map(len, samples.values())) == 13_499
    estimates(samples)
    start = time.process_time()
    estimates(samples)
    assert time.process_time() - start < 0.1
