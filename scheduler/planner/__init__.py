"""The planner: the best days a city can offer; values in, proposals out, by OR-Tools and PyVRP."""
