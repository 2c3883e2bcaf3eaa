"""Writes TFRecord files from Arrow arrays, a batch at a time.

TensorFlow's own writer takes one record a call, which for small records costs several times what writing them does.
The format (tensorflow/core/lib/io/record_writer.h): the length as uint64, its masked CRC-32C, the record, and its own
masked CRC-32C, all little-endian.
"""

import uuid
from collections.abc import Iterable
from itertools import pairwise

import google_crc32c
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from isal import igzip
from tfx.dsl.io import fileio

_GZIP_LEVEL = 1
_MASK_DELTA = np.uint32(0xA282EAD8)


def write_records(path: str, temporary_dir: str, batches: Iterable[pa.BinaryArray]) -> None:
    """Writes a gzipped TFRecord file that appears under its name only when it is whole.

    Args:
        path: the file, in a folder in which every file is taken for data.
        temporary_dir: a folder on the same file system, where the file lies until then.
        batches: the records, in any number of arrays; each is below 2 GiB.
    """
    fileio.makedirs(temporary_dir)
    temporary = f"{temporary_dir}/{uuid.uuid4().hex}"
    # ISA-L packs several times as fast as zlib's fastest level, to the same size. No name and no time in the header:
    # equal records give equal files.
    with (
        fileio.open(temporary, "wb") as target,
        igzip.IGzipFile(filename="", fileobj=target, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as zipped,
    ):
        for records in batches:
            zipped.write(frame_records(records))
    fileio.rename(temporary, path, overwrite=True)


def frame_records(records: pa.BinaryArray) -> bytes:
    """Returns the bytes of an uncompressed TFRecord file.

    Args:
        records: binary `[N]`, none null, together below 2 GiB.
    """
    lengths = pc.binary_length(records).cast(pa.int64()).dictionary_encode()
    starts = pa.array([length.to_bytes(8, "little") for length in lengths.dictionary.to_pylist()], pa.binary())
    heads = pc.binary_join_element_wise(starts, _checksums(starts), b"")
    content, _ = _content(pc.binary_join_element_wise(heads.take(lengths.indices), records, _checksums(records), b""))
    return content


def _checksums(texts: pa.BinaryArray) -> pa.BinaryArray:
    """Returns the masked CRC-32C of each text, 4 bytes each: rotated right by 15 bits, plus a constant, modulo 2^32."""
    content, offsets = _content(texts)
    plain = np.array([google_crc32c.value(content[start:end]) for start, end in pairwise(offsets)], np.uint32)
    masked = ((plain >> 15) | (plain << 17)) + _MASK_DELTA
    four_bytes = pa.Array.from_buffers(pa.binary(4), len(masked), [None, pa.py_buffer(masked.astype("<u4"))])
    return four_bytes.cast(pa.binary())


def _content(texts: pa.BinaryArray) -> tuple[bytes, list[int]]:
    """Returns all texts as one, and where each begins and the last one ends: far cheaper than an object for each."""
    _, offset_buffer, data_buffer = texts.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = bytes(memoryview(data_buffer or b"")[offsets[0] : offsets[-1]])
    return content, (offsets - offsets[0]).tolist()
