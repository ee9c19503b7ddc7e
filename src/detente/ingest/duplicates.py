"""Text in, near-duplicate signature out: which dispatches are copies of one another (a syndicated copy is one source).

MinHash (Broder 1997) of 64 permutations over the set of word triples. A signature is 64 unsigned 32-bit numbers,
little-endian (256 bytes); the share of equal numbers estimates the Jaccard similarity of the two sets with a standard
error of at most 0.0625. Sixteen bands of four numbers find a pair of similarity 0.7 with probability 0.99, one of 0.3
with 0.12 and one of 0.1 with 0.002.
"""

import re
import struct
from hashlib import blake2b
from typing import Any

PERMUTATIONS = 64
ROWS = 4
SHINGLE = 3
SHORT = 8
DUPLICATE = 0.7
"""From this estimated similarity on, two texts are copies. Copies with small edits measure 0.75 and more, different
reports of the same event stay below 0.3: see tests/test_ingest_duplicates.py."""

_SEED = 1
_WORD = re.compile(r"\w+")
_PACK = struct.Struct(f"<{PERMUTATIONS}I")
_BAND = ROWS * 4


def signature(text: str) -> bytes:
    """Return the 256-byte signature of a text, or b"" where it holds no word; case and punctuation do not count.

    Texts of fewer than eight words have one shingle, the whole text: they match only when their words are equal.
    """
    shingles = _shingles(text)
    if not shingles:
        return b""
    minhash = _minhash()
    minhash.update(shingles)
    return _PACK.pack(*minhash.digest())


def bands(signature: bytes) -> list[int]:
    """Return 16 signed 64-bit keys: two texts that share one are worth comparing."""
    return [
        int.from_bytes(
            blake2b(signature[start : start + _BAND], digest_size=8, salt=start.to_bytes(2, "big")).digest(),
            "big",
            signed=True,
        )
        for start in range(0, len(signature), _BAND)
    ]


def similarity(a: bytes, b: bytes) -> float:
    """Estimate the Jaccard similarity, 0..1, of the texts behind two signatures; an empty one resembles nothing."""
    if not a or not b:
        return 0.0
    left, right = _PACK.unpack(a), _PACK.unpack(b)
    equal: int = sum(x == y for x, y in zip(left, right, strict=True))
    return equal / PERMUTATIONS


def duplicates(a: bytes, b: bytes) -> bool:
    """Tell whether two signatures are those of copies of one text."""
    return similarity(a, b) >= DUPLICATE


def _minhash() -> Any:
    from rensa import RMinHash

    return RMinHash(num_perm=PERMUTATIONS, seed=_SEED)


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    if len(words) < SHORT:
        joined = " ".join(words)
        if len(joined) < SHORT * 12:
            return [joined] if words else []
        # Scripts without spaces: a "word" is a whole clause, so characters take the place of words.
        return [joined[at : at + SHORT] for at in range(len(joined) - SHORT + 1)]
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]
