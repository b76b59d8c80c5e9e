"""What the site promises, checked on the site as it is published: ``python -m audit``; the README beside says how."""
