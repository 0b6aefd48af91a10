"""`python -m generator` is `planscribe`."""

from generator.cli import main

main()
