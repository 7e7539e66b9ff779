"""The search for the best days: one stay's programme, what it cannot hold and why, repair after a change."""
