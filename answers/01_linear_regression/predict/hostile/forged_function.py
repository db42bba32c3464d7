"""Proxies: a function whose code and globals are replaced while it is called

`__code__`, `__globals__`, `__wrapped__` and `__signature__` all lie.
"""
import types


def predict(X, theta):
    predict.__code__ = (lambda X, theta: X @ theta * 0).__code__
    return predict(X, theta)


predict.__wrapped__ = predict
predict.__signature__ = object()
predict.__name__ = "assert_passed"
predict.__defaults__ = (types.SimpleNamespace(passed=True),)
