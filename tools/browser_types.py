"""Write the TypeScript types of what Python and the browser exchange, for `tools/javascript.sh`.

``Wire`` is made from the schema of the messages, ``Spec`` from the declarations of panels and
layers: what Python does not send, the browser's scripts cannot read without an error of ``tsc``.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import sys
import types
import typing
from typing import Any

from course.explore.base import controls, picture

ROOT = pathlib.Path(__file__).parents[1]
SCHEMA = ROOT / "course" / "explore" / "base" / "messages.schema.json"
PLAIN = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}


def schema_type(schema: dict[str, Any]) -> str:
    """Return the TypeScript type of a JSON schema.

    Raises
    ------
    ValueError
        If the schema uses a word that is not translated.
    """
    if "$ref" in schema:
        return schema["$ref"].removeprefix("#/$defs/")
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(map(schema_type, schema["anyOf"]))
    kinds = schema["type"]
    if isinstance(kinds, list):
        return " | ".join(schema_type(schema | {"type": kind}) for kind in kinds)
    if kinds == "array":
        return f"({schema_type(schema['items'])})[]"
    if kinds == "object" and "properties" in schema:
        return _object(schema)
    if kinds == "object":
        return f"Record<string, {schema_type(schema['additionalProperties'])}>"
    if kinds == "null":
        return "null"
    if kinds in PLAIN:
        return PLAIN[kinds]
    raise ValueError(f"no type for the schema {schema}")


def _object(schema: dict[str, Any]) -> str:
    required = schema["required"]
    entries = [
        f"{name}{'' if name in required else '?'}: {schema_type(entry)}"
        for name, entry in schema["properties"].items()
    ]
    return f"{{ {'; '.join(entries)} }}"


def annotation_type(annotation: Any) -> str:
    """Return the TypeScript type of a Python annotation, as it is after a way through JSON.

    Raises
    ------
    ValueError
        If the annotation is not translated.
    """
    plain = {
        str: "string", float: "number", int: "number", bool: "boolean", types.NoneType: "null",
    }  # fmt: skip
    if annotation in plain:
        return plain[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is types.UnionType:
        return " | ".join(map(annotation_type, arguments))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"[{', '.join(map(annotation_type, arguments))}]"
    if origin is not None:  # a sequence
        return f"({annotation_type(arguments[0])})[]"
    if dataclasses.is_dataclass(annotation):
        return annotation.__name__
    raise ValueError(f"no type for the annotation {annotation}")


def declaration_type(kind: type) -> str:
    """Return the TypeScript type of a dataclass; a layer also has its `kind`."""
    hints = typing.get_type_hints(kind)
    entries = [f"{f.name}: {annotation_type(hints[f.name])}" for f in dataclasses.fields(kind)]
    if issubclass(kind, picture.Layer):
        entries.insert(0, f'kind: "{kind.__name__.lower()}"')
    return f"{{ {'; '.join(entries)} }}"


def namespace(name: str, declared: dict[str, str]) -> str:
    """Return a namespace of types."""
    lines = [
        f"  interface {key} {value}" if value.startswith("{") else f"  type {key} = {value};"
        for key, value in declared.items()
    ]
    return "\n".join([f"declare namespace {name} {{", *lines, "}", ""])


def written() -> str:
    """Return the whole file."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    wire = {name: schema_type(part) for name, part in schema["$defs"].items()}
    layers = [kind for kind in vars(picture).values() if _is_layer(kind)]
    declared = [picture.Axis, picture.Panel, controls.Timeline, *layers]
    spec = {kind.__name__: declaration_type(kind) for kind in declared}
    spec["Layer"] = " | ".join(kind.__name__ for kind in layers)
    return namespace("Wire", wire) + namespace("Spec", spec)


def _is_layer(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, picture.Layer) and kind is not picture.Layer


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written(), encoding="utf-8")
