def history_parts(value):
    return None


def parts(value):
    return None


def tensor(value):
    return None


def rebuilt(parts):
    raise TypeError


def rebuilt_history(parts):
    raise TypeError
