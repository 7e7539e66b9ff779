"""The officers' tray: other times that guests ask for, and mails that nobody could apply by themselves."""
