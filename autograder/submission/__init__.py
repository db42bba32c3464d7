"""One submission: read it whatever it is, repair it, reduce its outputs to what is safe to show."""
