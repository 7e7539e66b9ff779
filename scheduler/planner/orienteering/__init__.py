"""Team orienteering with time windows: where visits may begin at any minute of a wide window."""
