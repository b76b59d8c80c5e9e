"""What Sphinx knows of the site while it builds: domains, what pages depend on, settings, links."""
