"""1 subtracted from the power

It looks like x is raised to the whole exponent, and 1 taken from the result. A power goes before
a minus: put the new exponent in brackets.
"""


class Value(Node):
    def __add__(self, other):
        other = Value.of(other)
        parents = [(self, 1.0), (other, 1.0)]
        return Value(self.value + other.value, parents, "+")

    def __mul__(self, other):
        other = Value.of(other)
        parents = [(self, other.value), (other, self.value)]
        return Value(self.value * other.value, parents, "×")

    __radd__, __rmul__ = __add__, __mul__  # for 2 + a and 2 * a, where a plain number comes first

    def log(self):
        local = 1 / self.value
        return Value(math.log(self.value), [(self, local)], "log")

    def __pow__(self, exponent):
        local = exponent * self.value ** exponent - 1
        return Value(self.value**exponent, [(self, local)], f"^{exponent}")

    def exp(self):
        result = math.exp(self.value)
        local = result
        return Value(result, [(self, local)], "exp")

    def tanh(self):
        result = math.tanh(self.value)
        local = 1 - result**2
        return Value(result, [(self, local)], "tanh")

    def backward(self):
        graph, todo = {}, [self]
        while todo:
            node = todo.pop()
            if node not in graph:
                node.derivative = 0.0
                graph[node] = [parent for parent, _ in node.parents]
                todo += graph[node]
        order = list(TopologicalSorter(graph).static_order())  # parents first
        self.derivative = 1.0
        for node in reversed(order):
            for parent, local in node.parents:
                parent.derivative += node.derivative * local
