"""The features that ``conf.py`` names: one folder or module for each."""
