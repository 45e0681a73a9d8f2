"""From a file as received to the draft of a document: read → repair → structure → facts → draft."""
