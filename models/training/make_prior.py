"""Trains a prior, judges it on validation images, and installs it.

    python make_prior.py microscopy-64.yaml --data DATA --run RUN --install ../microscopy-64

DATA is what prepare.py made. RUN keeps checkpoints: the same command goes on
after an interruption. What is finished is not done again.
"""

import argparse
import pathlib

import export
import judge
import torch
import train
import yaml


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--install", type=pathlib.Path, required=True)
    parser.add_argument("--start", type=pathlib.Path, help="checkpoint whose weights to begin with")
    arguments = parser.parse_args()
    device = train.best_device()
    settings = yaml.safe_load(arguments.settings.read_text())
    start = torch.load(arguments.start, map_location=device)["average"] if arguments.start else None
    train.train(settings, arguments.data, arguments.run, start, device)
    judge.judge(settings, arguments.data, arguments.run, device)
    export.install(arguments.settings, arguments.run, arguments.install)


if __name__ == "__main__":
    main()
