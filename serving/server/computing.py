"""Where a request is computed: short parts of it in the event loop, long ones in threads, the model in a session."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from serving.server.predict_method import PredictCall
from serving.server.session import Session

_Result = TypeVar("_Result")
# Some tenths of a millisecond of reading or writing; the way to a thread and back costs as much.
_SHORT_BYTES = 2**15
_SHORT_ELEMENTS = 2**11


class Computing:
    """The threads and the session of a server."""

    def __init__(self, executor: Executor, session: Session) -> None:
        self._executor = executor
        self._session = session

    async def in_thread(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """Calls a function in a thread; not at all if the caller is cancelled while all threads are busy."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    async def predict(self, size: int, read: Callable[..., PredictCall[_Result]], *arguments: object) -> _Result:
        """Answers a Predict request of either API.

        Args:
            size: of the request, in bytes.
            read: reads the request.
            arguments: of `read`.

        Raises:
            ServingError: with TensorFlow Serving's code and text.
        """
        call = await self._near(size <= _SHORT_BYTES, read, *arguments)
        outputs = await self._session.run(call.signature, call.inputs, call.output_aliases)
        elements = sum(array.size for array in outputs.values())
        return await self._near(elements <= _SHORT_ELEMENTS, call.respond, outputs)

    async def _near(self, is_short: bool, function: Callable[..., _Result], *arguments: object) -> _Result:
        return function(*arguments) if is_short else await self.in_thread(function, *arguments)
