"""HTML from templates, and what is written to the published site beside its pages."""
