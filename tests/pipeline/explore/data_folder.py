"""A folder of drawings small enough to count by hand."""

import pathlib

from tests.components.example_gen.csv_folder import row, write_csv

LINE_AT_THE_EDGE = "[[[0, 255], [0, 0]]]"
TWO_STROKES = "[[[0, 100, 50], [0, 200, 255]], [[7], [9]]]"
HASH = "[[[0, 255], [4, 4]], [[0, 255], [100, 100]], [[4, 4], [0, 255]]]"


def write_folder(folder: pathlib.Path) -> str:
    """Three words: `ant` 3 kept, 1 not recognized; `bat` 2 kept, 2 malformed; `ice_cream` 1 kept. Returns its path."""
    write_csv(
        folder / "ant.csv",
        [
            row(1, "ant", HASH),
            row(2, "ant", TWO_STROKES),
            row(3, "ant", LINE_AT_THE_EDGE, recognized="False"),
            row(2, "ant", HASH),
        ],
    )
    write_csv(
        folder / "bat.csv",
        [row(4, "bat", LINE_AT_THE_EDGE), row(5, "bat", "[[[0, 1], [2]]]"), row(6, "bat", HASH), "US,too,few"],
    )
    write_csv(folder / "ice cream.csv", [row(7, "ice cream", TWO_STROKES).replace("US,", ",", 1)])
    return str(folder)
