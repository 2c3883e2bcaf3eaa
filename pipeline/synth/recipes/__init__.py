"""The words that can be drawn, each with its recipe.

A recipe takes a numpy Generator, decides the proportions and the details that this drawing has or lacks, and returns
its strokes on a page of about 1 x 1 (see `pipeline.synth.strokes`); `pipeline.synth.jitter` adds the unsteady hand.
"""

from collections.abc import Callable

import numpy as np

from pipeline.synth.recipes import nature, shapes, things
from pipeline.synth.strokes import Stroke

Recipe = Callable[[np.random.Generator], list[Stroke]]

# `--words N` takes the first N, so a new word goes to the end.
RECIPES: dict[str, Recipe] = {
    "sun": nature.sun,
    "house": things.house,
    "envelope": things.envelope,
    "ladder": things.ladder,
    "snowman": nature.snowman,
    "ice cream": things.ice_cream,
    "star": shapes.star,
    "clock": things.clock,
    "tree": nature.tree,
    "fish": nature.fish,
    "lollipop": things.lollipop,
    "stairs": shapes.stairs,
    "zigzag": shapes.zigzag,
    "spiral": shapes.whirl,
    "umbrella": things.umbrella,
    "flower": nature.flower,
}
