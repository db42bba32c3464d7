"""What a fork server runs; the sandbox sees this folder, so it imports nothing of staff's."""
