"""The code on a programme's paper: which city, which delegation, which version; signed, and no secret.

Whoever reads one at a gate learns nothing that the paper does not say. It only leads somebody who is signed
in to the visit: it must be short (a small QR code reads well in the rain) and impossible to make up.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

TAG_BYTES = 2
SEAL_BYTES = 10
# A delegation's number and a version's, big-endian.
NAMED = struct.Struct(">IH")
# 18 bytes are 24 letters of base64, none left over: a code is written in one way alone.
LENGTH = (TAG_BYTES + NAMED.size + SEAL_BYTES) * 4 // 3


@dataclass(frozen=True, slots=True)
class GateCode:
    """What a code names. `number` is the programme's version, 0 for one that was not published."""

    delegation_id: int
    number: int


class NotOurCode(Exception):
    """A code that this city never wrote. Whether another city did nobody here can know: what has no seal of
    ours may as well be made up, or be ours with a letter changed."""


def write_code(named: GateCode, *, city: str, key: bytes) -> str:
    """The code of a delegation's programme: `city` is what the city is known by and never changes, `key` the
    app's own."""
    told = _tag(city) + NAMED.pack(named.delegation_id, named.number)
    return base64.urlsafe_b64encode(told + _seal(told, city, key)).decode()


def read_code(code: str, *, city: str, key: bytes) -> GateCode:
    """What a code names. Raises NotOurCode for one of another city, a forged one, and anything else."""
    whole = _bytes_of(code)
    told, seal = whole[:-SEAL_BYTES], whole[-SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(told, city, key)):
        raise NotOurCode
    return GateCode(*NAMED.unpack(told[TAG_BYTES:]))


def _bytes_of(code: str) -> bytes:
    if len(code) != LENGTH or not code.isascii():
        return b""
    try:
        return base64.b64decode(code, altchars=b"-_", validate=True)
    except binascii.Error:
        return b""


def _tag(city: str) -> bytes:
    return hashlib.sha256(city.encode()).digest()[:TAG_BYTES]


def _seal(told: bytes, city: str, key: bytes) -> bytes:
    mine = hmac.digest(key, b"gate code of " + city.encode(), "sha256")
    return hmac.digest(mine, told, "sha256")[:SEAL_BYTES]
