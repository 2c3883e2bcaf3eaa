"""Claim: turning Google's ndjson into Kaggle's CSV, every drawing checked, costs less than `json` and `csv` unchecked.

Usage: python -m benchmarks.download [--data DIR] [--words N] [--rounds N]

Takes real rows back to Google's form, and to raw drawings with a point every 4 pixels; converts them in the pieces that
a download converts; prints rows and megabytes a CPU second of one core. Both ways of the simplified form must write the
same bytes.
"""

import argparse
import csv
import io
import json
import pathlib

import numpy as np

from benchmarks.paired import cpu_seconds
from benchmarks.stages import REAL_DATA
from pipeline.download.csv_rows import to_csv_rows
from pipeline.download.source_reader import PIECE_BYTES

_RAW_ROWS = 200


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--words", type=int, default=20, help="how many of its files")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    paths = sorted(options.data.glob("*.csv"))[: options.words]
    rows = {path.stem: list(csv.DictReader(path.open(newline=""))) for path in paths}
    simplified = {word: b"".join(map(ndjson_line, of_word)) for word, of_word in rows.items()}
    raw = {paths[0].stem: b"".join(ndjson_line(as_drawn(row)) for row in rows[paths[0].stem][:_RAW_ROWS])}
    assert convert(simplified, is_raw=False) == convert_by_line(simplified)
    ways = {
        "simplified, json and csv": lambda: convert_by_line(simplified),
        "simplified, ours": lambda: convert(simplified, is_raw=False),
        "raw, ours": lambda: convert(raw, is_raw=True),
    }
    print("| form, way | rows a CPU second | MB a CPU second |\n|---|---|---|")
    for name, seconds in cpu_seconds(ways, options.rounds).items():
        sources = raw if name.startswith("raw") else simplified
        lines, size = (sum(map(count, sources.values())) for count in (lambda text: text.count(b"\n"), len))
        print(f"| {name} | {lines / seconds:,.0f} | {size / seconds / 1e6:,.1f} |")


def ndjson_line(row: dict[str, str]) -> bytes:
    """A row of Kaggle's as a line of Google's; where a row has no time, any will do."""
    values = {
        "word": row["word"],
        "countrycode": row["countrycode"],
        "timestamp": f"{row['timestamp'].rstrip('0') or '2017-03-01 20:41:36.70725'} UTC",
        "recognized": row["recognized"] == "True",
        "key_id": row["key_id"],
        "drawing": json.loads(row["drawing"]),
    }
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


def as_drawn(row: dict[str, str]) -> dict[str, str]:
    """A row whose drawing is as long and as densely sampled as a raw one."""
    strokes = []
    for xs, ys in json.loads(row["drawing"]):
        points = (np.array(xs) + 1j * np.array(ys)) * 2
        way = np.concatenate([[0], np.cumsum(np.abs(np.diff(points)))])
        samples = np.union1d(np.arange(0, way[-1], 4), way)
        drawn = np.round(np.interp(samples, way, points), 2)
        strokes.append([drawn.real.tolist(), drawn.imag.tolist(), np.rint(samples * 10).tolist()])
    return {**row, "drawing": json.dumps(strokes)}


def convert(sources: dict[str, bytes], is_raw: bool) -> bytes:
    """Our way."""
    text = []
    for word, source in sources.items():
        start = 0
        while start < len(source):
            end = source.rfind(b"\n", start, start + PIECE_BYTES) + 1
            text.append(to_csv_rows(source[start:end], word, is_raw).text)
            start = end
    return b"".join(text)


def convert_by_line(sources: dict[str, bytes]) -> bytes:
    """The way one writes first, without a check of anything."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for source in sources.values():
        for line in source.splitlines():
            row = json.loads(line)
            second, fraction = row["timestamp"].removesuffix(" UTC").split(".")
            cells = [row["countrycode"], json.dumps(row["drawing"]), row["key_id"], row["recognized"]]
            writer.writerow([*cells, f"{second}.{fraction:0<6}", row["word"]])
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
