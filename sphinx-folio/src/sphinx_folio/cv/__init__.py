"""The entries of a CV as values, and the CV as a document for Typst."""
