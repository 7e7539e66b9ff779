"""Codes, facts and instants in words: what pages, letters and calendars say, in their reader's language."""
