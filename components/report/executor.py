"""Reads what the other nodes left, and writes the page."""

from typing import Any

from tfx import types
from tfx.dsl.components.base import base_executor
from tfx.types import artifact_utils
from tfx.utils import io_utils

from components.report.page import render_page
from components.report.run_results import read_run_results

PAGE_FILE = "report.html"


class Executor(base_executor.BaseExecutor):
    """See `components.report.component.Report`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes `report.html`.

        Args:
            input_dict: as `components.report.component.ReportSpec` has them; `statistics` and `approval`
                may be absent.
            output_dict: `report`.
            exec_properties: nothing that changes the page.

        Raises:
            UnreadableInputError: a file of another node is missing or is not what it should be.
        """
        page = render_page(read_run_results(input_dict))
        io_utils.write_string_file(f"{artifact_utils.get_single_uri(output_dict['report'])}/{PAGE_FILE}", page)
