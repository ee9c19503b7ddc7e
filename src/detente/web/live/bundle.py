"""Vega, Vega-Lite and Vega-Embed as one script, made from what the wheel of vl-convert carries: no other host is asked."""

import gzip
from functools import cache
from hashlib import blake2b
from importlib.metadata import version

from detente.web.assets import Asset

SNIPPET = "window.detenteEmbed = (target, spec, options) => vegaEmbed(target, spec, {ast: true, ...options});"
"""What the script gives the page. `ast`: expressions are interpreted, not made into code, which the site's policy forbids."""


@cache
def bundle_name() -> str:
    """The public name of the script: another one for another version of the wheel."""
    told = f"{version('vl-convert-python')} {SNIPPET}"
    return f"vega.{blake2b(told.encode(), digest_size=5).hexdigest()}.js"


def bundle_address() -> str:
    """Where a page finds the script."""
    return f"/static/{bundle_name()}"


def bundle(name: str) -> Asset | None:
    """The script, where that is its name. Made once in a process, in about two seconds in which nothing else runs: before the site is ready."""
    return _made() if name == bundle_name() else None


@cache
def _made() -> Asset:
    import vl_convert

    body = vl_convert.javascript_bundle(SNIPPET).encode()
    return Asset(bundle_name(), "text/javascript", body, gzip.compress(body, 6, mtime=0))
