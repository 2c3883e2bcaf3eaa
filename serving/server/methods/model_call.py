"""A request that has been understood: what of the model it runs, and how its answer is made of that."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from serving.server.models.loaded_model import LoadedModel
from serving.server.models.signature import Signature
from serving.server.session import Arrays, Session

_Answer = TypeVar("_Answer")
_Answer_co = TypeVar("_Answer_co", covariant=True)
_Other = TypeVar("_Other")


class Call(Protocol[_Answer_co]):
    """What every method makes of its request."""

    @property
    def runtime_labels(self) -> tuple[str, str] | None:
        """Model name and API that its time in the session is counted under; None where it is not."""

    def submit(self, session: Session) -> Future[Any]:
        """Runs in a session what there is to run.

        Raises:
            ServingError: As `Session.submit`.
        """

    def respond(self, outputs: Any, /) -> _Answer_co:  # noqa: ANN401 - of its own `submit`
        """Makes the answer of what `submit` came to.

        Raises:
            ServingError: The model's outputs are not what the method needs.
        """

    def answer(self) -> _Answer_co:
        """Runs the model here and now.

        Raises:
            ServingError: With the runtime's own code and text.
        """


@dataclass(frozen=True)
class ModelCall(Generic[_Answer]):
    """A request for one signature.

    Attributes:
        model: Held until the answer is made: its variables go when it goes.
        signature: Of the model, what to run.
        inputs: One array for each input alias.
        output_aliases: Which outputs the answer is made of.
        respond: Makes the answer of one array for each of these.
        runtime_labels: See `Call`.
    """

    model: LoadedModel
    signature: Signature
    inputs: Arrays
    output_aliases: list[str]
    respond: Callable[[Arrays], _Answer]
    runtime_labels: tuple[str, str] | None = None

    def submit(self, session: Session) -> Future[Arrays]:
        """See `Call`."""
        return session.submit(self.signature, self.inputs, self.output_aliases)

    def then(self, function: Callable[[_Answer], _Other]) -> "ModelCall[_Other]":
        """Returns a call that answers with what the function makes of this one's answer."""
        respond = self.respond
        return ModelCall(
            self.model,
            self.signature,
            self.inputs,
            self.output_aliases,
            lambda outputs: function(respond(outputs)),
            self.runtime_labels,
        )

    def answer(self) -> _Answer:
        """See `Call`."""
        return self.respond(self.signature.run(self.inputs, self.output_aliases))
