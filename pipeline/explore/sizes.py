"""Bytes as people read them."""

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")


def size(num_bytes: float) -> str:
    """Returns a size in the largest unit of which it has one, with three digits: `1,143,398,400` is `1.06 GiB`."""
    value, units = float(num_bytes), iter(_UNITS)
    unit = next(units)
    for larger in units:
        # What rounds to 1,000 belongs to the next unit.
        if value < 999.5:
            break
        value, unit = value / 1024, larger
    return f"{value:.3g} {unit}"
