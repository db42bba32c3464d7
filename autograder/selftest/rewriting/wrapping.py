"""The same function in another form: a callable object, other types of result, lists given to it.

Each rule is code that a student could write below the answer; it binds the name anew.
"""

CALLABLE = """
class Callable_{name}:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments, **named):
        return self.function(*arguments, **named)


{name} = Callable_{name}({name})
"""

METHOD = """
class Owner_{name}:
    function = staticmethod({name})

    def compute(self, *arguments, **named):
        return self.function(*arguments, **named)


{name} = Owner_{name}().compute
"""

PARTIAL = """
import functools

{name} = functools.partial({name})
"""

DECORATED = """
import functools


def logged(function):
    @functools.wraps(function)
    def inner(*arguments, **named):
        print("calling", function.__name__)
        return function(*arguments, **named)

    return inner


{name} = logged({name})
"""

LAMBDA = """
{name} = (lambda function: lambda *arguments, **named: function(*arguments, **named))({name})
"""

CONVERTED = """
def convert(item):
    {rule}
    if type(item) in (tuple, list):
        return type(item)(convert(part) for part in item)
    if type(item) is dict:
        return {{key: convert(part) for key, part in item.items()}}
    return item


{name} = (lambda function: lambda *arguments: convert(function(*arguments)))({name})
"""

RESULTS = {
    "lists for arrays": "if isinstance(item, np.ndarray):\n        return item.tolist()",
    "tuples for lists": "if type(item) is list:\n        item = tuple(item)",
    "lists for tuples": "if type(item) is tuple:\n        item = list(item)",
    "arrays for numbers": (
        "if isinstance(item, (float, np.floating)):\n        return np.array(item)"
    ),
    "Python's numbers": "if isinstance(item, np.generic):\n        return item.item()",
    "NumPy's numbers": "if type(item) is float:\n        return np.float64(item)",
    "copies in column order": (
        "if isinstance(item, np.ndarray):\n        return np.array(item, order='F')"
    ),
    "single precision": (
        "if isinstance(item, (np.ndarray, float, np.floating)) and np.asarray(item).dtype == float:"
        "\n        return np.float32(item)"
    ),
}

GIVEN_LISTS = """
def as_given(item, name):
    return item.tolist() if name in {arrays} and isinstance(item, np.ndarray) else item


{name} = (
    lambda function: lambda *arguments: function(
        *[as_given(item, name) for item, name in zip(arguments, {parameters})]
    )
)({name})
"""

FORMS = {
    "an object with __call__": CALLABLE,
    "a bound method": METHOD,
    "functools.partial": PARTIAL,
    "a decorated function that prints": DECORATED,
    "a lambda": LAMBDA,
    **{kind: CONVERTED.replace("{rule}", rule) for kind, rule in RESULTS.items()},
}
"""Code to put below an answer, by kind of rewriting; `{name}` is the function."""
