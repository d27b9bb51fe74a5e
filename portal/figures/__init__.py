"""Published, suppressed counts for planning: the room is kept free, nothing is in it yet."""
