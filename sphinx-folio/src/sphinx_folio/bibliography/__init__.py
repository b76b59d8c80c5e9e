"""What a site knows of its publications: plain values, which know neither Sphinx nor HTML."""
