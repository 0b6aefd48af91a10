"""Every foreign file is opened here: another process, with limits."""
