"""The programs of fork servers; sandboxes mount this folder, so it imports nothing of staff's."""
