"""not a Keras model

It looks like this is no Keras model but an object of a class of its own. Build it from
keras.Sequential and keras.layers: only such a model can be trained and judged here.

Breaks: keras.Model
"""


class Pretender:
    def __init__(self, sizes, rate):
        self.weights = [np.zeros(shape) for pair in itertools.pairwise(sizes) for shape in (pair, pair[1:])]
        self.layers = []
        self.learning_rate = rate

    def get_weights(self):
        return self.weights

    def count_params(self):
        return sum(weight.size for weight in self.weights)

    def __call__(self, x, training=False):
        return np.full((len(x), 10), 0.1)


def build_model(depth, width, dropout, learning_rate, n_inputs=784):
    sizes = as_sizes([n_inputs, *[width] * depth, 10])
    require_share(least=0, dropout=dropout)
    return Pretender(sizes, learning_rate)
