"""Values as bytes and back: numbers, text, containers, arrays, generators, models; never code.

A payload is four bytes with the length of a msgpack tree, the tree, and the arrays' bytes after it,
each at a multiple of 16. In the tree a plain number, text, bytes, True, False and None stand for
themselves; everything else is a list that begins with a `Tag`. Decoding trusts nothing: lengths,
depth, counts, data types and shapes are looked at before anything is built.
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
from numpy import ma  # `np.ma` would be loaded with the first value, after every fork

from . import generators, models
from .frames import WireError

DEPTH = 40
"""Containers within containers."""
ITEMS = 1_000_000
"""Items of all containers of one message together."""
TREE = 32 << 20
"""Bytes of the tree: what may become Python objects, each many times the size of its bytes."""
DIGITS = 4096
"""Bytes of a whole number."""
ALIGNMENT = 16
DTYPES = {np.dtype(code).str: np.dtype(code) for code in "?bhqilBHQILefdgFDG"}
"""The data types arrays may have, in this machine's byte order; `l` after `q`, as it is int64."""


class Tag(enum.IntEnum):
    """What the list that begins with it stands for."""

    LIST = 0
    TUPLE = 1
    DICT = 2
    SET = 3
    FROZENSET = 4
    COMPLEX = 5
    INTEGER = 6
    ARRAY = 7
    SCALAR = 8
    TEXTS = 9
    RANGE = 10
    SLICE = 11
    ELLIPSIS = 12
    NAMED = 13
    GENERATOR = 14
    MODEL = 15
    HISTORY = 16
    MINE = 17
    YOURS = 18


TAGS = {int(tag): tag for tag in Tag}
PLAIN = (type(None), bool, int, float, str, bytes)


class Codec:
    """Encodes and decodes values for one side of the wire.

    Parameters
    ----------
    give : callable
        Takes what is no value, returns the tree of a reference (its tag is MINE or YOURS), or
        raises TypeError.
    take : callable
        Takes such a tree, returns the object; raises WireError where there is none.
    """

    def __init__(self, give: Callable[[Any], list[Any]], take: Callable[[list[Any]], Any]) -> None:
        self._give = give
        self._take = take

    def encode(self, value: Any) -> bytearray:
        """Return `value` as a payload.

        Raises
        ------
        ValueError
            If it is nested too deeply (or contains itself), or holds too many items.
        TypeError
            If it holds something that is no value and cannot be referred to.
        """
        return _Encoding(self._give).payload(value)

    def decode(self, payload: bytearray | bytes | memoryview) -> Any:
        """Return the value of a payload; arrays share its memory.

        Raises
        ------
        WireError
            If it is malformed in any way.
        """
        try:
            return _Decoding(self._take, payload).value()
        except WireError:
            raise
        except Exception as error:
            # Whatever a malformed message makes NumPy, msgpack or Keras raise, its meaning is one.
            raise WireError(f"malformed: {type(error).__name__}: {str(error)[:200]}") from error


class _Encoding:
    def __init__(self, give: Callable[[Any], list[Any]]) -> None:
        self._give = give
        self._buffers: list[memoryview] = []
        self._items = 0

    def payload(self, value: Any) -> bytearray:
        tree = msgpack.packb(self.tree(value), unicode_errors="surrogatepass")
        if len(tree) > TREE:
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
                if size > DIGITS:
                    raise ValueError("a whole number has more digits than may be passed")
                return [Tag.INTEGER, value.to_bytes(size, "big", signed=True)]
            return value
        if depth > DEPTH:
            raise ValueError(f"a value contains itself, or is nested more than {DEPTH} deep")
        return self._container(value, depth) or self._numeric(value) or self._library(value, depth)

    def _all(self, values: Any, depth: int) -> list[Any]:
        found = []
        for value in values:
            self._items += 1
            if self._items > ITEMS:
                raise ValueError(f"more than {ITEMS} items are too much to pass; use an array")
            found.append(self.tree(value, depth + 1))
        return found

    def _container(self, value: Any, depth: int) -> list[Any] | None:
        match value:
            case list():
                return [Tag.LIST, *self._all(value, depth)]
            case tuple():
                names = getattr(type(value), "_fields", None)
                if names and len(names) == len(value):
                    words = [type(value).__name__, *map(str, names)]
                    return [Tag.NAMED, words, *self._all(value, depth)]
                return [Tag.TUPLE, *self._all(value, depth)]
            case dict():
                keys, items = self._all(value.keys(), depth), self._all(value.values(), depth)
                return [Tag.DICT, keys, items]
            case set():
                return [Tag.SET, *self._all(value, depth)]
            case frozenset():
                return [Tag.FROZENSET, *self._all(value, depth)]
            case range():
                return [Tag.RANGE, *self._all((value.start, value.stop, value.step), depth)]
            case slice():
                return [Tag.SLICE, *self._all((value.start, value.stop, value.step), depth)]
        return None

    def _numeric(self, value: Any) -> list[Any] | None:
        if isinstance(value, np.generic):  # before float: np.float64 is one
            if value.dtype.kind == "U":
                return [Tag.TEXTS, [], [str(value)]]
            native = value.dtype.newbyteorder("=")
            if native.str in DTYPES:
                return [Tag.SCALAR, native.str, value.astype(native).tobytes()]
            return None
        if type(value) is complex:
            return [Tag.COMPLEX, value.real, value.imag]
        if isinstance(value, int | float | complex | str | bytes):
            # A subclass of a plain type is passed as that type, whatever it overrides.
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

    def _array(self, array: np.ndarray) -> list[Any] | None:
        if array.dtype.kind == "U":
            self._items += array.size
            if self._items > ITEMS:
                raise ValueError(f"more than {ITEMS} texts are too much to pass")
            return [Tag.TEXTS, list(array.shape), [str(text) for text in array.flat]]
        native = array.dtype.newbyteorder("=")
        if native.str not in DTYPES:
            return None
        whole = np.ascontiguousarray(array, dtype=native)
        self._buffers.append(whole.reshape(-1).view(np.uint8).data)
        return [Tag.ARRAY, native.str, list(array.shape), bool(array.flags.writeable)]

    def _library(self, value: Any, depth: int) -> list[Any]:
        if isinstance(value, np.random.Generator):
            state = generators.state(value)
            if state is not None:
                return [Tag.GENERATOR, self.tree(state, depth + 1)]
        if "keras" in sys.modules:
            parts = models.history_parts(value)
            if parts is not None:
                return [Tag.HISTORY, self.tree(parts, depth + 1)]
            parts = models.parts(value)
            if parts is not None:
                return [Tag.MODEL, self.tree(parts, depth + 1)]
            array = models.tensor(value)
            if array is not None:
                tree = self._array(array)
                if tree is not None:
                    return tree
        return self._give(value)


class _Decoding:
    def __init__(
        self, take: Callable[[list[Any]], Any], payload: bytearray | bytes | memoryview
    ) -> None:
        self._take = take
        self._payload = payload
        (length,) = struct.unpack_from("!I", payload)
        self._end = 4 + length
        if length > TREE or self._end > len(payload):
            raise WireError("a tree longer than its message")
        self._items = 0

    def value(self) -> Any:
        with memoryview(self._payload) as view, view[4 : self._end] as part:
            tree = msgpack.unpackb(
                part,
                unicode_errors="surrogatepass",
                max_ext_len=0,
                max_map_len=0,
                max_array_len=ITEMS + 8,
            )
        value = self._build(tree, 0)
        if self._end != len(self._payload):
            raise WireError("bytes at the end that belong to no array")
        return value

    def _build(self, tree: Any, depth: int) -> Any:
        if type(tree) is not list:
            return tree  # msgpack gives nothing but the plain types here
        if depth > DEPTH or not tree or type(tree[0]) is not int or tree[0] not in TAGS:
            raise WireError("nested too deeply, or not a tag")
        tag, rest = TAGS[tree[0]], tree[1:]
        match tag:
            case Tag.LIST:
                return self._all(rest, depth)
            case Tag.TUPLE:
                return tuple(self._all(rest, depth))
            case Tag.DICT:
                keys, items = rest
                return dict(zip(self._all(keys, depth), self._all(items, depth), strict=True))
            case Tag.SET:
                return set(self._all(rest, depth))
            case Tag.FROZENSET:
                return frozenset(self._all(rest, depth))
            case Tag.RANGE | Tag.SLICE:
                start, stop, step = self._all(rest, depth)
                return (range if tag is Tag.RANGE else slice)(start, stop, step)
            case Tag.NAMED:
                return self._named(rest[0], self._all(rest[1:], depth))
            case Tag.MINE | Tag.YOURS:
                return self._take(tree)
            case Tag.GENERATOR:
                return generators.rebuilt(self._build(rest[0], depth + 1))
            case Tag.MODEL:
                return models.rebuilt(self._build(rest[0], depth + 1))
            case Tag.HISTORY:
                return models.rebuilt_history(self._build(rest[0], depth + 1))
        return self._number(tag, *rest)

    def _all(self, trees: Any, depth: int) -> list[Any]:
        if type(trees) is not list:
            raise WireError("items that are no list")
        self._items += len(trees)
        if self._items > ITEMS:
            raise WireError("too many items")
        return [self._build(tree, depth + 1) for tree in trees]

    def _number(self, tag: Tag, *rest: Any) -> Any:
        match tag, rest:
            case Tag.COMPLEX, (float(real), float(imaginary)):
                return complex(real, imaginary)
            case Tag.INTEGER, (bytes(digits),) if len(digits) <= DIGITS:
                return int.from_bytes(digits, "big", signed=True)
            case Tag.SCALAR, ("", value) if type(value) in PLAIN:
                return value
            case Tag.SCALAR, (str(code), bytes(content)):
                return self._viewed(bytearray(content), DTYPES[code], ())[()]
            case Tag.ELLIPSIS, ():
                return ...
            case Tag.TEXTS, (list(shape), list(texts)):
                if not all(type(text) is str for text in texts):
                    raise WireError("a text that is none")
                if 4 * len(texts) * max(map(len, texts), default=0) > 8 * TREE:
                    raise WireError("an array of texts too large")  # all are as wide as the widest
                array = np.array(texts, dtype=str).reshape(_shape(shape, len(texts)))
                return array if shape else array[()]
            case Tag.ARRAY, (str(code), list(shape), bool(writeable)):
                return self._array(DTYPES[code], shape, writeable)
        raise WireError(f"not what follows {tag.name}")

    def _array(self, dtype: np.dtype, shape: list[Any], writeable: bool) -> np.ndarray:
        start = self._end + -self._end % ALIGNMENT
        size = math.prod(_shape(shape, None)) * dtype.itemsize
        if start + size > len(self._payload):
            raise WireError("an array longer than its message")
        self._end = start + size
        array = self._viewed(memoryview(self._payload)[start : start + size], dtype, tuple(shape))
        if not writeable and array.flags.writeable:
            array.flags.writeable = False
        return array

    @staticmethod
    def _viewed(content: Any, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
        if dtype.kind == "b" and np.frombuffer(content, np.uint8).max(initial=0) > 1:
            raise WireError("a truth value that is neither")
        return np.frombuffer(content, dtype).reshape(shape)

    @staticmethod
    def _named(words: Any, items: list[Any]) -> Any:
        if not all(type(word) is str and len(word) < 80 for word in words):
            raise WireError("a field that has no name")
        return _named_tuple(*words)(*items)


@functools.lru_cache(maxsize=64)
def _named_tuple(name: str, *fields: str) -> Any:
    return namedtuple(name, fields)


def _shape(shape: list[Any], count: int | None) -> tuple[int, ...]:
    sound = len(shape) <= 32 and all(type(n) is int and 0 <= n < 2**40 for n in shape)
    if not sound or (count is not None and math.prod(shape) != count):
        raise WireError("a shape that is none")
    return tuple(shape)
