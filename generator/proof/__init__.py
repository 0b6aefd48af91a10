"""The same document read back by a second engine: is every answer there to be seen? Never imports blanks."""

from generator.proof.nouns import Expected, Fault, Proof

__all__ = ["Expected", "Fault", "Proof"]
