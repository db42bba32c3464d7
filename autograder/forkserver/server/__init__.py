"""What a warmed parent runs; the sandbox sees this folder, so it imports nothing of staff's."""
