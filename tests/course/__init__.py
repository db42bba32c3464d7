"""What students import."""
