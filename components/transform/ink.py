"""The two ends of an image's scale of greys."""

INK = 0
PAPER = 255
