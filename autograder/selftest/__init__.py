"""Self-test of the grader: the answer catalogue, the attacks, and a made-up class."""
