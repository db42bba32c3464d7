"""The bias as the weight of a column of ones."""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    table = np.column_stack([X, np.ones(len(X))])
    z = np.dot(table, np.append(w, b))
    labels = np.full(len(z), -1)
    labels[~(z < 0)] = 1
    return labels
