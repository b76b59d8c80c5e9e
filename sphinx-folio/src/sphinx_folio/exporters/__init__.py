"""Publications and CV entries in the formats that other programs read: one module, one format."""
