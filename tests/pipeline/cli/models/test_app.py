from tests.pipeline.cli.test_main import quickdraw


def test_help_lists_the_verbs() -> None:
    done = quickdraw("models", "--help")
    for verb in ("list", "show", "rollback", "pin", "unpin", "prune"):
        assert f"\n  {verb} " in done.stdout
