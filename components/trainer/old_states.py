"""Removes what trainings on a claim left behind.

On one machine the run that trained removes its state when the model is judged. In pods no node outlives the others: the
Trainer that ends well may be asked again, because its upload failed, and then needs its state.
"""

import pathlib
import shutil
import time

from components.trainer.training_state import STATE_FILE

# No retry of KFP waits so long.
LONGEST_PAUSE = 30 * 24 * 3600


def remove_old_states(training_dir: str) -> None:
    """Removes the states that no training has touched for `LONGEST_PAUSE` seconds.

    Args:
        training_dir: local folder with a folder a training; it need not be there.
    """
    oldest = time.time() - LONGEST_PAUSE
    for state in pathlib.Path(training_dir).glob(f"*/{STATE_FILE}"):
        if state.stat().st_mtime < oldest:
            shutil.rmtree(state.parent)
