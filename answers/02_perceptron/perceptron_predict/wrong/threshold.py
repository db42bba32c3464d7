"""bias taken for a threshold

It looks like you compare the weighted sum with b itself. A threshold ω₀ stands on the other side
of the inequality: b = −ω₀ is added to the sum.
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return np.where(X @ w >= b, 1, -1)
