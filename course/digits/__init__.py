"""What unit 04 gives its reader besides data: looked-at input, training that keeps quiet."""
