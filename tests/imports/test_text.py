"""Bytes to text: another encoding is recognised and said, never guessed behind somebody's back."""

import pytest

from field.errors import Problem
from field.imports.text import decode, guess


def refusal(data, encoding="utf-8"):
    with pytest.raises(Problem) as caught:
        decode(data, encoding)
    return [(mistake.path, mistake.code) for mistake in caught.value.errors]


def test_utf_8_is_read_with_and_without_its_mark():
    assert decode("Kávé".encode()) == decode(b"\xef\xbb\xbf" + "Kávé".encode()) == "Kávé"


def test_lines_that_are_not_utf_8_are_named():
    assert refusal(b"code,name\nmill,Mill\ncafe,Caf\xe9\nquay,Quay\nover,\xdcber\n") == [("/3", "bytes.encoding"), ("/5", "bytes.encoding")]


def test_the_encoding_that_was_chosen_is_used():
    assert decode(b"Caf\xe9 \x80", "windows-1252") == "Café €"
    assert decode(b"Caf\xe9", "latin-1") == "Café"


def test_a_byte_without_a_letter_in_the_chosen_encoding_is_named():
    assert refusal(b"a\n\x81\n", "windows-1252") == [("/2", "bytes.encoding")]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_wide_letters_are_recognised(codec):
    assert refusal("code,name".encode(codec)) == [("/1", "bytes.utf_16")]


def test_control_characters_are_refused():
    assert refusal(b"code,name\nmill,Mi\x00ll\n") == [("/2", "text.characters")]


def test_a_guess_says_what_it_was_and_how_many_lines_were_odd():
    assert (guess(b"Caf\xe9\nplain\n").encoding, guess(b"Caf\xe9\nplain\n").lines) == ("windows-1252", 1)
    assert (guess("Café".encode()).encoding, guess("Café".encode()).lines) == ("utf-8", 0)
    assert guess(b"\x81").encoding == "latin-1"
