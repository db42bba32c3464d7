"""Exceptions: one whose words, class and traceback are traps

`__str__` raises, the metaclass lies, the name is a line of the wire, arguments contain themselves.
"""


class Meta(type):
    def __instancecheck__(cls, other): return True
    def __subclasscheck__(cls, other): return True


class Trap(Exception, metaclass=Meta):
    def __str__(self): raise Trap(self)
    __repr__ = __str__


Trap.__name__ = "NotPassedError\n✓ passed" + "x" * 100_000
Trap.__module__ = "course.checks.check"


def cost(X, y, theta):
    error = Trap()
    error.args = (error, [error])
    raise error
