"""Repair: the fewest moves that mend the programmes of all whom a disturbance touches."""
