"""From the bytes of one file to its lines and the facts that its format states: one reader for each format."""
