"""From a folder to findings: what the verb and the notebook call."""

from collections.abc import Sequence

from components.example_gen.file_selection import select_files
from pipeline.explore.findings import Findings, find
from pipeline.explore.progress import progress_bar
from pipeline.explore.scan import scan


def look(data_dir: str, words: Sequence[str] | None = None) -> Findings:
    """Reads a folder of drawings once, with a progress bar on a terminal.

    Args:
        data_dir: the folder, as `quickdraw run --data` takes it.
        words: the words to look at; all if None.

    Raises:
        UsageError: the folder, a word or a file cannot be used.
    """
    files = select_files(data_dir, words, least_words=1)
    with progress_bar(files) as on_unit:
        return find(files, scan(files, on_unit=on_unit))
