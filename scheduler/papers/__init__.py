"""Papers: spreadsheets that guests and officers send in, and the empty ones that they fill."""
