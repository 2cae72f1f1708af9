"""The code on the screen: what its path draws is read again by a scanner."""

import re

import numpy as np
import pytest
import zxingcpp

from field.reports.qr import qr

SCALE = 6


def drawn(code):
    """The path as a scanner sees it: dark bars on white."""
    picture = np.full((code.side, code.side), 255, np.uint8)
    for across, down, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        picture[int(down), int(across):int(across) + int(width)] = 0
    return picture.repeat(SCALE, 0).repeat(SCALE, 1)


@pytest.mark.parametrize("text", ["otpauth://totp/Fieldscore:ben%40example.org?secret=ABCDEFGHIJKLMNOP&issuer=Fieldscore", "x", "y" * 300])
def test_a_scanner_reads_what_was_drawn(text):
    assert [found.text for found in zxingcpp.read_barcodes(drawn(qr(text)))] == [text]


def test_a_quiet_margin_is_kept_free():
    picture = drawn(qr("x"))
    margin = 4 * SCALE
    assert picture[:margin].min() == picture[-margin:].min() == picture[:, :margin].min() == picture[:, -margin:].min() == 255
