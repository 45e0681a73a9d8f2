"""One module per kind of page: what its template is given."""
