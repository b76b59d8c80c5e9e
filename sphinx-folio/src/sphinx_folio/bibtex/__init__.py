"""``.bib`` files as entries and problems, and the names that BibTeX and biblatex have for things."""
