"""Guards of the exercises' first line: inputs are converted, or refused in plain words."""
