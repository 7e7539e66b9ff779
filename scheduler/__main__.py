"""`python -m scheduler` is the launcher."""

from scheduler.serve import main

main()
