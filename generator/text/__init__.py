"""What the stages share about text: Markdown, folding, names, sentences, dates."""
