"""One submission: reading it whatever it is, mending it, tidying what it put out."""
