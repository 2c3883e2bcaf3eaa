"""The notebook's `draw_it` with Pillow, and a strict reading of a drawing's text: what the graph is compared with."""

import json

import numpy as np
from PIL import Image, ImageDraw

CANVAS = (256, 256)


def draw_it(strokes: list[list[list[int]]], size: int = 32) -> np.ndarray:
    """Draw strokes as cell 6 of the notebook does, before its division by 255; uint8 `[size, size]`."""
    image = Image.new("P", CANVAS, color=255)
    image_draw = ImageDraw.Draw(image)
    for xs, ys in strokes:
        for i in range(len(xs) - 1):
            image_draw.line([xs[i], ys[i], xs[i + 1], ys[i + 1]], fill=0, width=5)
    return np.array(image.resize((size, size)))


def read_drawing(text: bytes) -> list[list[list[int]]] | None:
    """Give the strokes of a text that is a drawing, None for any other text."""
    try:
        strokes = json.loads(text.decode("ascii"), parse_int=_coordinate, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return strokes if _is_drawing(strokes) else None


def draw_text(text: bytes, size: int = 32) -> tuple[np.ndarray, bool]:
    """Draw a text: its image and whether it is a drawing; a sheet of paper where it is not."""
    strokes = read_drawing(text)
    if strokes is None:
        return np.full((size, size), 255, np.uint8), False
    return draw_it(strokes, size), True


def _coordinate(digits: str) -> int:
    if len(digits) > 3 or not digits.isdigit() or int(digits) > 255:
        raise ValueError(f"{digits[:20]} is not a coordinate")
    return int(digits)


def _refuse(number: str) -> None:
    raise ValueError(f"{number[:20]} is not an integer")


def _is_drawing(strokes: object) -> bool:
    return isinstance(strokes, list) and len(strokes) > 0 and all(_is_stroke(stroke) for stroke in strokes)


def _is_stroke(stroke: object) -> bool:
    if not (isinstance(stroke, list) and len(stroke) == 2 and all(isinstance(axis, list) for axis in stroke)):
        return False
    numbers = stroke[0] + stroke[1]
    return len(stroke[0]) == len(stroke[1]) > 0 and all(type(number) is int for number in numbers)
