"""Speed beside the stock directive; see README.md."""
