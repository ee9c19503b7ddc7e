"""The declared endpoints in, their OpenAPI 3.1 description out."""

from typing import Any

import msgspec

from detente.web.api.declare import BASE, Endpoint
from detente.web.problems import Problem

SCHEMAS = "#/components/schemas/{name}"


def description(endpoints: tuple[Endpoint, ...]) -> dict[str, Any]:
    """The whole document."""
    kinds = [*(endpoint.item for endpoint in endpoints), Problem]
    shapes, components = msgspec.json.schema_components(kinds, ref_template=SCHEMAS)
    named = dict(zip([*(endpoint.path for endpoint in endpoints), "problem"], shapes, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Détente",
            "version": "1",
            "description": "What the record holds and what is measured of it. Every answer can be asked as of a day. "
            "Answers have an ETag; lists go on at `next`.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": BASE}],
        "paths": {plain(e.path): {"get": _operation(e, named[e.path], named["problem"])} for e in endpoints},
        "components": {"schemas": components},
    }


def plain(path: str) -> str:
    """A path as OpenAPI writes it: {key} for {key:path}."""
    return path.replace(":str}", "}").replace(":path}", "}")


def _operation(endpoint: Endpoint, shape: Any, problem: Any) -> dict[str, Any]:
    body = _list(shape) if endpoint.listing else shape
    content: dict[str, Any] = {"application/json": {"schema": body}}
    if endpoint.listing:
        content["text/csv"] = {"schema": {"type": "string"}}
    failures = {"400": "a parameter cannot be read", "404": "there is no such thing", "414": "the address is too long"}
    return {
        "operationId": plain(endpoint.path).strip("/").replace("/", "-").replace("{", "").replace("}", ""),
        "summary": endpoint.title,
        "parameters": [*_places(endpoint), *_query(endpoint)],
        "responses": {
            "200": {"description": "found", "headers": {"ETag": {"schema": {"type": "string"}}}, "content": content},
            "304": {"description": "not changed since the ETag that was sent"},
            **{
                code: {"description": why, "content": {"application/problem+json": {"schema": problem}}}
                for code, why in failures.items()
            },
        },
    }


def _list(shape: Any) -> dict[str, Any]:
    text = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return {
        "type": "object",
        "required": ["items", "next", "after"],
        "properties": {"items": {"type": "array", "items": shape}, "next": text, "after": text},
    }


def _places(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": about,
            "schema": {"type": "string", "minLength": 1},
        }
        for name, about in endpoint.places.items()
    ]


def _query(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "description": param.about, "schema": dict(param.schema)}
        for name, param in endpoint.every.items()
    ]
