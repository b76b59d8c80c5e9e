"""LaTeX, as it stands in a .bib file, as rich text, plain text and MathML."""
