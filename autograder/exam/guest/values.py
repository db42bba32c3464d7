"""Values as bytes and back: numbers, text, containers, arrays, generators, models; never code.

A payload is four bytes with the length of a msgpack tree, the tree, and then the arrays' bytes,
each at a multiple of 16. In the tree plain numbers, strings, bytes, True, False and None stand for
themselves; everything else is a list that begins with a `Tag`. Decoding trusts nothing: it checks
lengths, depth, counts, data types and shapes before it builds anything.
"""

import enum
import functools
import math
import struct
import sys
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np
from numpy import ma  # else imported with the first value, after every fork

from . import generators, models
from .channel import ProtocolError

MAX_DEPTH = 40
"""Levels of containers."""
MAX_ITEMS = 1_000_000
"""Items of all containers of one message together."""
MAX_TREE = 32 << 20
"""Bytes of the tree, which become Python objects many times their size."""
MAX_INTEGER_BYTES = 4096
"""Bytes of an integer."""
ALIGNMENT = 16
"""Bytes of whose multiple each array's place is."""
DTYPES = {np.dtype(code).str: np.dtype(code) for code in "?bhqilBHQILefdgFDG"}
"""Data types of arrays, in this machine's byte order; `l` after `q`, as it is int64."""


Array = np.ndarray[Any, np.dtype[Any]]


class Tag(enum.IntEnum):
    """The first item of a list: the kind of value that the list encodes."""

    LIST = 0
    TUPLE = 1
    DICT = 2
    SET = 3
    FROZENSET = 4
    COMPLEX = 5
    INTEGER = 6
    ARRAY = 7
    SCALAR = 8
    STRINGS = 9
    RANGE = 10
    SLICE = 11
    ELLIPSIS = 12
    NAMED_TUPLE = 13
    GENERATOR = 14
    MODEL = 15
    HISTORY = 16
    MINE = 17  # a reference to an object of the sender's
    YOURS = 18  # a reference to an object of the receiver's


TAGS = {int(tag): tag for tag in Tag}
PLAIN = (type(None), bool, int, float, str, bytes)


class Codec:
    """Encodes and decodes values at one end of a connection.

    Parameters
    ----------
    refer : callable
        Takes an object that is not passed by value, returns the tree of a reference (with the tag
        MINE or YOURS) or raises TypeError.
    resolve : callable
        Takes such a tree, returns the object or raises ProtocolError.
    """

    def __init__(
        self, refer: Callable[[Any], list[Any]], resolve: Callable[[list[Any]], Any]
    ) -> None:
        self._refer = refer
        self._resolve = resolve

    def encode(self, value: Any) -> bytearray:
        """Return `value` as a payload.

        Raises
        ------
        ValueError
            If it is nested too deeply (or contains itself), or holds too many items.
        TypeError
            If it holds something that can be passed neither by value nor by reference.
        """
        return _Encoder(self._refer).payload(value)

    def decode(self, payload: bytearray | bytes | memoryview) -> Any:
        """Return the value of a payload; arrays share its memory.

        Raises
        ------
        ProtocolError
            If it is malformed in any way.
        """
        try:
            return _Decoder(self._resolve, payload).value()
        except ProtocolError:
            raise
        except Exception as error:
            # A malformed message makes NumPy, msgpack or Keras raise anything.
            raise ProtocolError(f"malformed: {type(error).__name__}: {str(error)[:200]}") from error


class _Encoder:
    """Encodes one value."""

    def __init__(self, refer: Callable[[Any], list[Any]]) -> None:
        self._refer = refer
        self._buffers: list[memoryview] = []
        self._items = 0

    def payload(self, value: Any) -> bytearray:
        tree: bytes = msgpack.packb(self.tree(value), unicode_errors="surrogatepass")
        if len(tree) > MAX_TREE:
            raise ValueError(f"{len(tree) / 2**20:.0f} MB outside of arrays are too much to pass")
        out = bytearray(struct.pack("!I", len(tree))) + tree
        for buffer in self._buffers:
            out += bytes(-len(out) % ALIGNMENT)
            out += buffer
        return out

    def tree(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind in PLAIN:
            if kind is int and not -(2**63) <= value < 2**63:
                size = value.bit_length() // 8 + 1
                if size > MAX_INTEGER_BYTES:
                    raise ValueError("an integer has more digits than may be passed")
                return [Tag.INTEGER, value.to_bytes(size, "big", signed=True)]
            return value
        if depth > MAX_DEPTH:
            raise ValueError(f"a value contains itself, or is nested more than {MAX_DEPTH} deep")
        return (
            self._container(value, depth)
            or self._number_or_array(value)
            or self._library_object(value, depth)
        )

    def _each(self, values: Any, depth: int) -> list[Any]:
        found = []
        for value in values:
            self._items += 1
            if self._items > MAX_ITEMS:
                raise ValueError(f"more than {MAX_ITEMS} items are too much to pass; use an array")
            found.append(self.tree(value, depth + 1))
        return found

    def _container(self, value: Any, depth: int) -> list[Any] | None:
        match value:
            case list():
                return [Tag.LIST, *self._each(value, depth)]
            case tuple():
                names = getattr(type(value), "_fields", None)
                if names and len(names) == len(value):
                    words = [type(value).__name__, *map(str, names)]
                    return [Tag.NAMED_TUPLE, words, *self._each(value, depth)]
                return [Tag.TUPLE, *self._each(value, depth)]
            case dict():
                keys, items = self._each(value.keys(), depth), self._each(value.values(), depth)
                return [Tag.DICT, keys, items]
            case set():
                return [Tag.SET, *self._each(value, depth)]
            case frozenset():
                return [Tag.FROZENSET, *self._each(value, depth)]
            case range():
                return [Tag.RANGE, *self._each((value.start, value.stop, value.step), depth)]
            case slice():
                return [Tag.SLICE, *self._each((value.start, value.stop, value.step), depth)]
        return None

    def _number_or_array(self, value: Any) -> list[Any] | None:
        if isinstance(value, np.generic):  # before float: np.float64 is one
            if value.dtype.kind == "U":
                return [Tag.STRINGS, [], [str(value)]]
            native = value.dtype.newbyteorder("=")
            if native.str in DTYPES:
                return [Tag.SCALAR, native.str, value.astype(native).tobytes()]
            return None
        if type(value) is complex:
            return [Tag.COMPLEX, value.real, value.imag]
        if isinstance(value, int | float | complex | str | bytes):
            # A subclass of a plain type is passed as that type, without what it overrides.
            bases: tuple[Any, ...] = (int, float, complex, str, bytes)
            for base in bases:
                if isinstance(value, base):
                    plain = base.__new__(base, value)
                    tree = self.tree(plain)
                    return tree if isinstance(tree, list) else [Tag.SCALAR, "", tree]
        if value is Ellipsis:
            return [Tag.ELLIPSIS]
        if isinstance(value, np.ndarray) and not isinstance(value, ma.MaskedArray):
            return self._array(np.asarray(value))
        return None

    def _array(self, array: Array) -> list[Any] | None:
        if array.dtype.kind == "U":
            self._items += array.size
            if self._items > MAX_ITEMS:
                raise ValueError(f"more than {MAX_ITEMS} strings are too much to pass")
            return [Tag.STRINGS, list(array.shape), [str(text) for text in array.flat]]
        native = array.dtype.newbyteorder("=")
        if native.str not in DTYPES:
            return None
        whole = np.ascontiguousarray(array, dtype=native)
        self._buffers.append(whole.reshape(-1).view(np.uint8).data)
        return [Tag.ARRAY, native.str, list(array.shape), bool(array.flags.writeable)]

    def _library_object(self, value: Any, depth: int) -> list[Any]:
        if isinstance(value, np.random.Generator):
            state = generators.to_state(value)
            if state is not None:
                return [Tag.GENERATOR, self.tree(state, depth + 1)]
        if "keras" in sys.modules:
            parts = models.history_to_parts(value)
            if parts is not None:
                return [Tag.HISTORY, self.tree(parts, depth + 1)]
            parts = models.to_parts(value)
            if parts is not None:
                return [Tag.MODEL, self.tree(parts, depth + 1)]
            array = models.tensor_to_array(value)
            if array is not None:
                tree = self._array(array)
                if tree is not None:
                    return tree
        return self._refer(value)


class _Decoder:
    """Decodes one payload."""

    def __init__(
        self, resolve: Callable[[list[Any]], Any], payload: bytearray | bytes | memoryview
    ) -> None:
        self._resolve = resolve
        self._payload = payload
        (length,) = struct.unpack_from("!I", payload)
        self._end = 4 + length
        if length > MAX_TREE or self._end > len(payload):
            raise ProtocolError("a tree that is longer than its message")
        self._items = 0

    def value(self) -> Any:
        with memoryview(self._payload) as view, view[4 : self._end] as part:
            tree = msgpack.unpackb(
                part,
                unicode_errors="surrogatepass",
                max_ext_len=0,
                max_map_len=0,
                max_array_len=MAX_ITEMS + 8,
            )
        value = self._build(tree, 0)
        if self._end != len(self._payload):
            raise ProtocolError("bytes after the last array")
        return value

    def _build(self, tree: Any, depth: int) -> Any:
        if type(tree) is not list:
            return tree  # msgpack gives only plain types here
        if depth > MAX_DEPTH or not tree or type(tree[0]) is not int or tree[0] not in TAGS:
            raise ProtocolError("nested too deeply, or without a tag")
        tag, rest = TAGS[tree[0]], tree[1:]
        match tag:
            case Tag.LIST:
                return self._each(rest, depth)
            case Tag.TUPLE:
                return tuple(self._each(rest, depth))
            case Tag.DICT:
                keys, items = rest
                return dict(zip(self._each(keys, depth), self._each(items, depth), strict=True))
            case Tag.SET:
                return set(self._each(rest, depth))
            case Tag.FROZENSET:
                return frozenset(self._each(rest, depth))
            case Tag.RANGE | Tag.SLICE:
                start, stop, step = self._each(rest, depth)
                return (range if tag is Tag.RANGE else slice)(start, stop, step)
            case Tag.NAMED_TUPLE:
                return self._build_named_tuple(rest[0], self._each(rest[1:], depth))
            case Tag.MINE | Tag.YOURS:
                return self._resolve(tree)
            case Tag.GENERATOR:
                return generators.from_state(self._build(rest[0], depth + 1))
            case Tag.MODEL:
                return models.from_parts(self._build(rest[0], depth + 1))
            case Tag.HISTORY:
                return models.history_from_parts(self._build(rest[0], depth + 1))
        return self._build_leaf(tag, *rest)

    def _each(self, trees: Any, depth: int) -> list[Any]:
        if type(trees) is not list:
            raise ProtocolError("items that are not a list")
        self._items += len(trees)
        if self._items > MAX_ITEMS:
            raise ProtocolError("too many items")
        return [self._build(tree, depth + 1) for tree in trees]

    def _build_leaf(self, tag: Tag, *rest: Any) -> Any:
        match tag, rest:
            case Tag.COMPLEX, (float(real), float(imaginary)):
                return complex(real, imaginary)
            case Tag.INTEGER, (bytes(digits),) if len(digits) <= MAX_INTEGER_BYTES:
                return int.from_bytes(digits, "big", signed=True)
            case Tag.SCALAR, ("", value) if type(value) in PLAIN:
                return value
            case Tag.SCALAR, (str(code), bytes(content)):
                return self._view(bytearray(content), DTYPES[code], ())[()]
            case Tag.ELLIPSIS, ():
                return ...
            case Tag.STRINGS, (list(shape), list(texts)):
                if not all(type(text) is str for text in texts):
                    raise ProtocolError("a string that is not one")
                if 4 * len(texts) * max(map(len, texts), default=0) > 8 * MAX_TREE:
                    raise ProtocolError(
                        "an array of strings that is too large"
                    )  # each is as wide as the widest
                array = np.array(texts, dtype=str).reshape(_check_shape(shape, len(texts)))
                return array if shape else array[()]
            case Tag.ARRAY, (str(code), list(shape), bool(writeable)):
                return self._array(DTYPES[code], shape, writeable)
        raise ProtocolError(f"a malformed {tag.name}")

    def _array(self, dtype: np.dtype[Any], shape: list[Any], writeable: bool) -> Array:
        start = self._end + -self._end % ALIGNMENT
        size = math.prod(_check_shape(shape, None)) * dtype.itemsize
        if start + size > len(self._payload):
            raise ProtocolError("an array that is longer than its message")
        self._end = start + size
        array = self._view(memoryview(self._payload)[start : start + size], dtype, tuple(shape))
        if not writeable and array.flags.writeable:
            array.flags.writeable = False
        return array

    @staticmethod
    def _view(content: Any, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
        if dtype.kind == "b" and np.frombuffer(content, np.uint8).max(initial=0) > 1:
            raise ProtocolError("a boolean that is neither 0 nor 1")
        return np.frombuffer(content, dtype).reshape(shape)

    @staticmethod
    def _build_named_tuple(words: Any, items: list[Any]) -> Any:
        if not all(type(word) is str and len(word) < 80 for word in words):
            raise ProtocolError("a field without a name")
        return _named_tuple(*words)(*items)


@functools.lru_cache(maxsize=64)
def _named_tuple(name: str, *fields: str) -> Any:
    return namedtuple(name, fields)


def _check_shape(shape: list[Any], count: int | None) -> tuple[int, ...]:
    sound = len(shape) <= 32 and all(type(n) is int and 0 <= n < 2**40 for n in shape)
    if not sound or (count is not None and math.prod(shape) != count):
        raise ProtocolError("a malformed shape")
    return tuple(shape)
