"""The archive: tables, and the questions asked of them."""

from scheduler.records import tables  # noqa: F401  every table must be known before anything asks
