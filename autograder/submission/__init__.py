"""One submission: reading it whatever it is, mending it, running it within bounds."""
