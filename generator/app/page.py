"""What the server runs for every session."""

from generator.app.main import show

show()
