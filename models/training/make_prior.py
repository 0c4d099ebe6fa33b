"""Trains a prior, judges it on validation images, and installs it.

    python make_prior.py microscopy-64.yaml --data DATA --run RUN --install ../microscopy-64

DATA is what prepare.py made. RUN keeps checkpoints: the same command goes on
after an interruption. What is finished is not done again.
"""

import argparse
import pathlib
import shutil

import export
import judge
import restoration
import train


def keep_previous(installed, kept):
    """Copies the prior that will be replaced, once, to compare with it."""
    if installed.exists() and not kept.exists():
        part = kept.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(installed, part)
        part.replace(kept)


def outdated(result, *sources):
    """Whether a file is missing, or older than one that it is made from."""
    return not result.exists() or any(
        source.stat().st_mtime > result.stat().st_mtime for source in sources
    )


def make_prior(settings, data, run, install, restore):
    """Does what is not done yet."""
    device = train.best_device()
    previous = run / "previous-prior"
    goes_on = "start" in settings and settings["start"].resolve() == install.resolve()
    if goes_on and not previous.exists():
        train.begun_with(settings, "start")
    if goes_on or "start" not in settings:
        keep_previous(install, previous)
    if goes_on:
        settings = settings | {"start": previous}
    train.train(settings, data, run, device)
    last_weights = run / f"{settings['stages'][-1]['name']}.pt"
    if outdated(run / "quality.yaml", last_weights):
        judge.judge(settings, data, run, device)
    export.install(settings, run, install)
    if restore and outdated(run / "restoration.csv", last_weights):
        made = run / "this-prior"
        export.install(settings, run, made)
        others = [settings.get("start", previous)]
        restoration.benchmark(
            settings, data, run, [made, *(folder for folder in others if folder.exists())]
        )
        export.install(settings, run, install)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--install", type=pathlib.Path, required=True)
    parser.add_argument(
        "--no-restoration",
        dest="restore",
        action="store_false",
        help="leave out the restoration benchmark, which needs Maven and a JDK",
    )
    arguments = parser.parse_args()
    if arguments.restore:
        restoration.require_maven()
    settings = train.read_settings(arguments.settings)
    make_prior(settings, arguments.data, arguments.run, arguments.install, arguments.restore)


if __name__ == "__main__":
    main()
