"""Random generators: one of another kind, with a state that is none

The bit generator's state is set to zeros and words, then a generator is returned for an answer.
"""


def sgd(X, y, alpha, batch_size, epochs, rng):
    for state in ({"bit_generator": "PCG64", "state": {"state": 0, "inc": 0}, "has_uint32": 0, "uinteger": 0},
                  {"bit_generator": "MT19937"}, {}):
        try: rng.bit_generator.state = state
        except Exception: pass
    return np.random.Generator(np.random.MT19937(0))
