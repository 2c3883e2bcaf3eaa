"""What a rule found."""

import dataclasses


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong with a compiled pipeline.

    Attributes:
        node: the task, or "pipeline" for what belongs to none.
        field: path of the field below the node.
        sentence: what is wrong and what to do, without the two above.
    """

    node: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """For the user: the node, the field, the sentence."""
        return f"{self.node}: {self.field}: {self.sentence}"


# The node of a finding that is about the whole.
PIPELINE = "pipeline"
