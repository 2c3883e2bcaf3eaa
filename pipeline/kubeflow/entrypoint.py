"""The command of every pod: runs one node of the graph as KFP's driver and launcher ask, with TFX's own executors.

    python -m pipeline.kubeflow.entrypoint --executor_class_path CLASS
        --json_serialized_invocation_args EXECUTOR_INPUT --json_serialized_inputs_spec_args INPUTS_SPEC [BEAM_ARGUMENTS]

These are the arguments that TFX's KubeflowV2DagRunner writes for its own entrypoint, `kubeflow_v2_run_executor`. That
one fails on every KFP v2: see `executor_input` and `executor_output` for what lies between the two, and is dealt with
around TFX's code, none of which is patched. TFX's entrypoint has drivers of ExampleGens run before; DrawingExampleGen
has none.

How a run ends that nothing was pushed in. Data that is refused fails the node that refuses it, and KFP starts nothing
behind it. A model that is not blessed fails nothing that has work to do: Evaluator, Pusher and Report end well, so that
KFP keeps what they made, above all the report, which says why; a task that fails uploads nothing. Then the node
NotBlessed, which a blessed model skips, fails with the reason. A condition on the Pusher would be less: KFP would skip
Report with it, and call the run a success.
"""

import argparse
import json
import logging
import os
import sys
import warnings
from collections.abc import Sequence

from pipeline.kubeflow.ending import tell
from pipeline.kubeflow.executor_input import localize
from pipeline.kubeflow.executor_output import publish
from pipeline.kubeflow.local_twins import LocalTwins


def main(arguments: Sequence[str]) -> int:
    """Runs one node in this process, which is there for nothing else.

    Args:
        arguments: of the command, without its name.

    Returns:
        The exit code, see `pipeline.kubeflow.ending`.
    """
    _set_up_logs()
    # Beam would read the rest of the command line as options of its own.
    sys.argv = sys.argv[:1]
    twins = LocalTwins.of_this_pod()
    try:
        run_node(arguments, twins)
    except Exception as error:
        return tell(error, twins)
    return 0


def run_node(arguments: Sequence[str], twins: LocalTwins) -> None:
    """Runs one node.

    Args:
        arguments: of the command, without its name.
        twins: where the launcher has put the inputs and looks for the outputs.

    Raises:
        QuickdrawError: the node cannot do its work, for a reason that a user can remove.
        Exception: whatever else its executor raises.
    """
    options, beam_arguments = _parse(arguments)
    executor_input = json.loads(options.json_serialized_invocation_args)
    files = localize(executor_input, json.loads(options.json_serialized_inputs_spec_args), twins)
    options.json_serialized_invocation_args = json.dumps(executor_input)
    # TFX takes seconds to import, which a missing input need not cost.
    from tfx.orchestration.kubeflow.v2.container.kubeflow_v2_run_executor import _run_executor

    _run_executor(options, beam_arguments)
    publish(files)


def _parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """As TFX's entrypoint does; what is left over are the node's Beam arguments."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.kubeflow.entrypoint", allow_abbrev=False)
    parser.add_argument("--executor_class_path", required=True)
    parser.add_argument("--json_serialized_invocation_args", required=True)
    # TFX leaves it out under schema 2.0, which no open-source KFP takes.
    parser.add_argument("--json_serialized_inputs_spec_args", required=True)
    return parser.parse_known_args(arguments)


def _set_up_logs() -> None:
    own = logging.getLogger("quickdraw")
    own.setLevel(logging.INFO)
    own.propagate = False
    own.handlers = [logging.StreamHandler(sys.stdout)]
    logging.basicConfig(level=logging.WARNING)
    warnings.simplefilter("ignore")
    # TensorFlow's C++ part reads this once, when it is loaded.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
