"""Counts how many arrows leave a node; it is ready when all have reported."""


class Value(Node):
    def __add__(self, other):
        other = Value.of(other)
        return Value(self.value + other.value, [(self, 1.0), (other, 1.0)], "+")

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        product = Value(self.value * other.value, operation="×")
        product.parents = ((self, other.value), (other, self.value))
        return product

    __radd__ = __add__

    __rmul__ = __mul__

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
        waiting, todo = {self: 0}, [self]
        while todo:
            for parent, _ in todo.pop().parents:
                if parent not in waiting:
                    waiting[parent] = 0
                    todo.append(parent)
                waiting[parent] += 1
        for node in waiting:
            node.derivative = 0.0
        self.derivative, ready = 1.0, [self]
        while ready:
            node = ready.pop()
            for parent, local in node.parents:
                parent.derivative += local * node.derivative
                waiting[parent] -= 1
                if waiting[parent] == 0:
                    ready.append(parent)
