"""Looks at the base paths and at the model config file from time to time, beside the requests."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from components.errors import UsageError
from serving.server.errors import ServingError
from serving.server.models.model_config import read_model_config
from serving.server.models.model_manager import ModelManager

_LOG = logging.getLogger(__name__)


class VersionPoller:
    """Calls `ModelManager.poll` in a worker thread, periodically and whenever somebody asks for it."""

    def __init__(self, manager: ModelManager, seconds: float) -> None:
        self._manager = manager
        self._seconds = seconds or None  # 0: only when asked
        self._asked = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def poll_soon(self) -> None:
        """Asks for a poll now, from any thread; one that is under way is followed by another."""
        self._loop.call_soon_threadsafe(self._asked.set)

    async def run(self) -> None:
        """Polls until cancelled."""
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._asked.wait(), self._seconds)
            self._asked.clear()
            await asyncio.to_thread(self._manager.poll)


class ConfigFilePoller:
    """Applies a model config file again and again, whether it has changed or not.

    A label can be refused now and be right when its version has loaded, so an unchanged file is worth applying. What
    is wrong with a file is told once, and the models stay as they are.
    """

    def __init__(self, manager: ModelManager, file: Path, seconds: float, versions: VersionPoller) -> None:
        self._manager = manager
        self._file = file
        self._seconds = seconds
        self._versions = versions
        self._told = ""

    async def run(self) -> None:
        """Polls until cancelled."""
        while True:
            await asyncio.sleep(self._seconds)
            wrong = await asyncio.to_thread(self._apply)
            if wrong and wrong != self._told:
                _LOG.warning("Models stay as they are: %s", wrong)
            self._told = wrong
            if not wrong:
                self._versions.poll_soon()

    def _apply(self) -> str:
        """Returns what is wrong with the file, nothing if it was applied or is empty."""
        try:
            models = read_model_config(self._file)
            if models is not None:
                self._manager.reload(models)
        except (UsageError, ServingError) as error:
            return str(error)
        return ""
