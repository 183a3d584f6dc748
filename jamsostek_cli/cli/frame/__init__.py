"""What every command stands in: the way in, the command tree, the session, the options, the screen."""
