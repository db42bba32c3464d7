"""number on the left of +

It looks like 2 + a fails where a + 2 works. Python asks the right-hand side through __radd__.
The stub's line that sets __radd__ and __rmul__ sees to that: put it back. (sum() needs it too, for it starts from 0.)

Breaks: Numbers may stand on either
"""


class Value(Node):
    def __add__(self, other):
        other = Value.of(other)
        return Value(self.value + other.value, [(self, 1.0), (other, 1.0)], "+")

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.value * other.value, [(self, other.value), (other, self.value)], "×")

    def __rmul__(self, other):
        return self * other

    def __pow__(self, exponent):
        local = exponent * self.value ** (exponent - 1)
        return Value(self.value**exponent, [(self, local)], f"^{exponent}")

    def exp(self):
        result = math.exp(self.value)
        return Value(result, [(self, result)], "exp")

    def log(self):
        return Value(math.log(self.value), [(self, 1 / self.value)], "log")

    def tanh(self):
        result = math.tanh(self.value)
        return Value(result, [(self, 1 - result**2)], "tanh")

    def backward(self):
        order, seen, todo = [], set(), [(self, False)]
        while todo:
            node, finished = todo.pop()
            if finished:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                todo.append((node, True))
                todo += [(parent, False) for parent, _ in node.parents]
        for node in order:
            node.derivative = 0.0
        self.derivative = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.derivative += node.derivative * local
