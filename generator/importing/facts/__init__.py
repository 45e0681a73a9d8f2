"""What a document says of itself: date, kind, language, publisher, chain of reposts; each with its line."""
