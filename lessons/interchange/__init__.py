"""Files in and out, one format a file: the room is kept free, nothing is in it yet."""
