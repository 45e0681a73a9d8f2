"""What a reader does, tried in a real browser."""
