"""What students get back: hints and comments, no hidden tests, nothing that runs."""
