"""Numbers the nodes as they are made; a later number never comes before an earlier one."""


class Value(Node):
    made = 0

    def __init__(self, value, parents=(), operation=""):
        super().__init__(value, parents, operation)
        Value.made += 1
        self.number = Value.made

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
        return Value(np.exp(self.value), [(self, float(np.exp(self.value)))], "exp")

    def log(self):
        return Value(math.log(self.value), [(self, 1 / self.value)], "log")

    def tanh(self):
        return Value(np.tanh(self.value), [(self, 1 / np.cosh(self.value) ** 2)], "tanh")

    def backward(self):
        found, todo = {id(self): self}, [self]
        while todo:
            for parent, _ in todo.pop().parents:
                if id(parent) not in found:
                    found[id(parent)] = parent
                    todo.append(parent)
        for node in found.values():
            node.derivative = 0.0
        self.derivative = 1.0
        for node in sorted(found.values(), key=lambda node: -node.number):
            for parent, local in node.parents:
                parent.derivative += node.derivative * local
