"""The processes that plan, beside the web processes: started, bounded, watched."""
