"""passed on again and again"""


class Value(Node):
    def __add__(self, other):
        other = Value.of(other)
        return Value(self.value + other.value, [(self, 1.0), (other, 1.0)], "+")

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.value * other.value, [(self, other.value), (other, self.value)], "×")

    def __radd__(self, other):
        return self + other

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
        found, todo = {}, [self]
        while todo:
            node = todo.pop()
            if node not in found:
                found[node] = True
                todo += [parent for parent, _ in node.parents]
        for node in found:
            node.derivative = 0.0

        self.derivative = 1.0
        todo = [self]
        while todo:
            node = todo.pop(0)
            for parent, local in node.parents:
                parent.derivative += local * node.derivative
                todo.append(parent)
