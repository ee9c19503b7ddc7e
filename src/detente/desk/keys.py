"""The desk's secret in; keyed hashes, and signed tokens that expire, out."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2b, sha256

import msgspec
from msgspec import Struct

from detente.errors import NotAllowed


class BadToken(NotAllowed):
    """A token that this desk did not make, or made for something else."""


class Expired(NotAllowed):
    """A token whose time is over."""


class Keys(Struct, frozen=True):
    """The newest signing key stands first; the others still open what they signed. Hex."""

    signing: tuple[str, ...]
    hashing: str

    def hashed(self, purpose: str, *values: object) -> str:
        """A keyed hash of values (32 hex digits), different for each purpose."""
        text = json.dumps([purpose, *map(str, values)]).encode()
        return blake2b(text, key=bytes.fromhex(self.hashing), digest_size=16).hexdigest()

    def sign(self, purpose: str, payload: str, expires: datetime) -> str:
        """A token that holds the payload, readable but not to be changed, until it expires."""
        body = _pack(msgspec.json.encode([payload, expires.timestamp()]))
        return f"{body}.{_seal(self.signing[0], purpose, body)}"

    def read(self, purpose: str, token: str, now: datetime) -> str:
        """The payload of a token. Raises BadToken if it was not signed here for this purpose, Expired if it is too old."""
        body, _, seal = token.partition(".")
        known = self.signing if token.isascii() else ()
        if not any(hmac.compare_digest(_seal(key, purpose, body), seal) for key in known):
            raise BadToken("This link or form is not valid; open the page again.")
        payload, until = msgspec.json.decode(_unpack(body), type=tuple[str, float])
        if now > datetime.fromtimestamp(until, UTC):
            raise Expired("This link or form is too old; open the page again.")
        return payload


def fresh() -> Keys:
    """New keys for a new desk."""
    return Keys((secrets.token_hex(32),), secrets.token_hex(32))


def new_token() -> str:
    """32 random bytes, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a random token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _seal(key: str, purpose: str, body: str) -> str:
    made = hmac.digest(bytes.fromhex(key), f"{purpose}\0{body}".encode(), "sha256")
    return _pack(made)


def _pack(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _unpack(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
