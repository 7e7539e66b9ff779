"""The code on a programme: read back as it was written, and nothing else is ever believed."""

import pytest

from scheduler.actions.gate_codes import LENGTH, GateCode, NotOurCode, read_code, write_code

CITY, KEY = "protocol@seoul.example", b"only for tests"
NAMED = GateCode(7, 3)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def written(named=NAMED, city=CITY, key=KEY):
    return write_code(named, city=city, key=key)


def read(code, city=CITY, key=KEY):
    return read_code(code, city=city, key=key)


@pytest.mark.parametrize("named", [NAMED, GateCode(1, 0), GateCode(2**32 - 1, 2**16 - 1)])
def test_what_was_written_is_read_back(named):
    assert read(written(named)) == named


def test_a_code_is_short_and_the_same_each_time():
    assert (len(written()), written()) == (LENGTH, written())
    assert set(written()) <= set(ALPHABET)


def test_no_code_with_one_wrong_letter_is_believed():
    right = written()
    for place, letter in enumerate(right):
        for wrong in ALPHABET.replace(letter, ""):
            with pytest.raises(NotOurCode):
                read(right[:place] + wrong + right[place + 1 :])


@pytest.mark.parametrize("written_by", [{"city": "protocol@busan.example"}, {"key": b"a guess"}])
def test_neither_another_citys_code_nor_a_forged_one_is_ours(written_by):
    with pytest.raises(NotOurCode):
        read(written(**written_by))


@pytest.mark.parametrize(
    "garbage",
    ["", "7", "a" * 23, "a" * 25, "=" * 24, "ア" * 24, "+/" * 12, "\x00" * 24, "a" * 10_000, written() + "="],
)
def test_garbage_is_no_code(garbage):
    with pytest.raises(NotOurCode):
        read(garbage)
