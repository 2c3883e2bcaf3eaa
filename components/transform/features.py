"""Names of the features before and after Transform; the one place that spells them."""

DRAWING = "drawing"
WORD = "word"
IMAGE = "image"
PACKED_STROKES = "packed_strokes"
