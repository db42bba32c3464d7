"""Number by number."""


def bump(x, left, right, height, steepness):
    x = as_array(x, "x")
    require_rising(left=left, right=right)
    require_positive(steepness=steepness)
    import math

    def sigmoid(z):
        return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))

    heights = [
        height * (sigmoid(steepness * (item - left)) - sigmoid(steepness * (item - right)))
        for item in x.flat
    ]
    return np.reshape(heights, x.shape)
