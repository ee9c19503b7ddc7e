"""A user's rules.toml in, events corrected by it out: types and statuses changed, acts left out, without training.

    [[rule]]
    trigger = "greenlight(s|ed)?"     # a regular expression on the act's words …
    sentence = "customs union"        # … or on its sentence; at least one of the two
    from = "COOPERATE"                # optional: only acts coded so
    source = "IND"                    # optional: only with this source, or this target
    type = "AGREE"                    # what it becomes: type, status, turn = true (target acts on source) or drop = true

The first rule that fits an act is applied.
"""

import os
import re
import tomllib
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from detente.actors.catalogue import VARIABLE as ACTORS
from detente.actors.catalogue import catalogue
from detente.coding.deciding import Coded
from detente.coding.labels import STATUSES, TYPES
from detente.errors import BadInput
from detente.types import Span, Status

VARIABLE = "DETENTE_RULES"  # the environment variable that names the file; worker processes inherit it
KEYS = {"trigger", "sentence", "from", "source", "target", "type", "status", "turn", "drop"}


class Rule(Struct, frozen=True, kw_only=True):
    """One correction; None: any, or unchanged."""

    trigger: re.Pattern[str] | None = None
    sentence: re.Pattern[str] | None = None
    of: str | None = None
    source: str | None = None
    target: str | None = None
    type: str | None = None
    status: Status | None = None
    turn: bool = False
    drop: bool = False


def rules() -> tuple[Rule, ...]:
    """The rules in force: those of the file that DETENTE_RULES names, or none. Raises BadInput for a bad file."""
    name = os.environ.get(VARIABLE)
    return load(name) if name else ()


def mark() -> str:
    """What the coder's version gets added for the user's files in force, so that changed files count as another coder."""
    names = [os.environ.get(variable) for variable in (VARIABLE, ACTORS)]
    if not any(names):
        return ""
    rules()  # a file that cannot be used is found out now, not in a worker
    catalogue()
    try:
        contents = [Path(name).read_bytes() if name else b"" for name in names]
    except OSError as error:
        raise BadInput(f"{error.filename}: cannot be read: {error.strerror}") from error
    return "+" + blake2b(b"\0".join(contents), digest_size=3).hexdigest()


@cache
def load(name: str) -> tuple[Rule, ...]:
    """Read a rules.toml; raises BadInput, naming the rule, where it cannot be used."""
    try:
        data = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: not a readable rules.toml: {error}") from error
    rows = data.get("rule", [])
    if not isinstance(rows, list):
        raise BadInput(f"{name}: write rules as [[rule]]")
    return tuple(_rule(name, number, row) for number, row in enumerate(rows, 1))


def _rule(name: str, number: int, row: Any) -> Rule:
    at = f"{name}: [[rule]] number {number}"
    if not isinstance(row, dict) or not row.keys() <= KEYS:
        raise BadInput(f"{at}: knows only {', '.join(sorted(KEYS))}")
    if not {"trigger", "sentence"} & row.keys() or not {"type", "status", "turn", "drop"} & row.keys():
        raise BadInput(f"{at}: needs trigger or sentence, and one of type, status, turn, drop")
    for key, known in (("from", TYPES), ("type", TYPES), ("status", STATUSES)):
        if key in row and row[key] not in known:
            raise BadInput(f"{at}: {key} is one of {', '.join(known)}")
    patterns = {}
    for key in {"trigger", "sentence"} & row.keys():
        try:
            patterns[key] = re.compile(row[key], re.IGNORECASE)
        except (re.error, TypeError) as error:
            raise BadInput(f"{at}: {key} is not a regular expression: {error}") from error
    rest = {key: value for key, value in row.items() if key not in patterns and key != "from"}
    try:
        return msgspec.convert({"of": row.get("from"), **rest, **patterns}, Rule)
    except msgspec.ValidationError as error:
        raise BadInput(f"{at}: {error}") from error


def corrected(text: str, sentence: Span, act: Coded) -> Coded | None:
    """The act as the first rule that fits has it; None where it says that there is none."""
    for rule in rules():
        if _fits(rule, text, sentence, act):
            return None if rule.drop else _apply(rule, act)
    return act


def _fits(rule: Rule, text: str, sentence: Span, act: Coded) -> bool:
    sides = [(act.source.root, act.target.root)] + ([(act.target.root, act.source.root)] if act.mutual else [])
    return (
        rule.of in (None, act.type)
        and any(rule.source in (None, a) and rule.target in (None, b) for a, b in sides)
        and (rule.trigger is None or bool(rule.trigger.search(text[slice(*act.trigger)])))
        and (rule.sentence is None or bool(rule.sentence.search(text[slice(*sentence)])))
    )


def _apply(rule: Rule, act: Coded) -> Coded:
    turned = replace(act, source=act.target, target=act.source) if rule.turn else act
    return replace(turned, type=rule.type or act.type, status=rule.status or act.status, ruled=True)
