"""One rule of repair in each file."""
