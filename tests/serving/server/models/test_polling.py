import asyncio
import logging

import pytest
from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.errors import ServingError
from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.model_manager import ModelManager
from serving.server.models.polling import ConfigFilePoller, VersionPoller


@pytest.fixture
def manager(base_path):
    manager = ModelManager(ModelLoader(), RetryPolicy(0))
    manager.reload([ModelSource("quickdraw", base_path)])
    manager.poll()
    return manager


@pytest.fixture
def config_file(tmp_path, base_path):
    """Writes the model config file with one model and a label."""
    file = tmp_path / "models.config"

    def write(name="quickdraw", label=1):
        file.write_text(
            f'model_config_list {{ config {{ name: "{name}" base_path: "{base_path}" model_platform: "tensorflow"\n'
            f'  version_labels {{ key: "stable" value: {label} }} }} }}'
        )
        return file

    return write


async def until(condition, seconds=20):
    async def look():
        while not condition():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(look(), seconds)


async def run_beside(pollers, story):
    running = [asyncio.create_task(poller.run()) for poller in pollers]
    await story()
    for poll in running:
        poll.cancel()


def test_looks_for_versions_from_time_to_time(manager, publish):
    async def story():
        publish(2)
        await until(lambda: manager.versions == {"quickdraw": [2]})
        publish(3)
        await until(lambda: manager.versions == {"quickdraw": [3]})

    async def told():
        await run_beside([VersionPoller(manager, 0.02)], story)

    asyncio.run(told())


def test_zero_seconds_look_only_when_asked(manager, publish):
    async def run():
        poller = VersionPoller(manager, 0)

        async def story():
            publish(2)
            await asyncio.sleep(0.1)
            assert manager.versions == {"quickdraw": [1]}
            poller.poll_soon()
            await until(lambda: manager.versions == {"quickdraw": [2]})

        await run_beside([poller], story)

    asyncio.run(run())


def test_a_changed_file_is_applied(manager, config_file):
    async def run():
        versions = VersionPoller(manager, 0)

        async def story():
            config_file(name="bee")  # the label's version is not loaded yet
            await asyncio.sleep(0.1)
            assert manager.versions == {"quickdraw": [1]}
            config_file()
            await until(lambda: stable_version(manager) == 1)

        await run_beside([versions, ConfigFilePoller(manager, config_file(label=7), 0.02, versions)], story)

    asyncio.run(run())


def test_an_unchanged_file_is_applied_when_its_label_can_be(manager, config_file, publish):
    async def run():
        versions = VersionPoller(manager, 0.02)

        async def story():
            await asyncio.sleep(0.1)
            publish(2)
            await until(lambda: stable_version(manager) == 2)

        await run_beside([versions, ConfigFilePoller(manager, config_file(label=2), 0.02, versions)], story)

    asyncio.run(run())


@pytest.mark.parametrize(("text", "left"), [("", {"quickdraw": [1]}), ("model_config_list {}", {})])
def test_an_empty_file_unloads_nothing_and_an_empty_list_everything(manager, config_file, text, left):
    file = config_file()
    file.write_text(text)

    async def run():
        versions = VersionPoller(manager, 0)

        async def story():
            await asyncio.sleep(0.2)

        await run_beside([versions, ConfigFilePoller(manager, file, 0.02, versions)], story)

    asyncio.run(run())
    assert manager.versions == left


def test_a_wrong_file_changes_nothing_and_is_told_once(manager, config_file, caplog):
    file = config_file()
    file.write_text("models {")

    async def run():
        versions = VersionPoller(manager, 0)

        async def story():
            await until(lambda: caplog.messages)
            await asyncio.sleep(0.2)

        with caplog.at_level(logging.WARNING):
            await run_beside([versions, ConfigFilePoller(manager, file, 0.02, versions)], story)

    asyncio.run(run())
    assert len(caplog.messages) == 1
    assert f"Models stay as they are: {file} is not a ModelServerConfig" in caplog.messages[0]
    assert manager.versions == {"quickdraw": [1]}


def stable_version(manager):
    try:
        return manager.acquire(ModelSpec(name="quickdraw", version_label="stable")).version
    except ServingError:
        return None
