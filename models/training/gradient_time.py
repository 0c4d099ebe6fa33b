"""Measures what a gradient through a prior's network takes, beside those of others.

    python gradient_time.py ../microscopy-64 OTHER ... --threads 1 2

Prints for each prior's folder, size of image and number of threads the milliseconds of f(x, sigma) and its
gradient with respect to x: of the processor, all threads together (the median of the repetitions), and by the clock
(the least of them, since other work on the machine can only add to it). Repetitions take turns among the priors, so
that they share what else the machine does.
"""

import argparse
import pathlib
import time

import torch
from prior_folder import NETWORK

SIZES = 64, 512
LEVEL = 0.3


def gradient(model, image):
    """Of the sum of f(x, sigma) with respect to x, with the network's weights frozen."""
    x = image.clone().requires_grad_()
    level = torch.full((len(x),), LEVEL)
    return torch.autograd.grad(model(x, level).sum(), x)[0]


def milliseconds(models, image, repetitions):
    """(processor, clock) for each model."""
    spent = [[] for _ in models]
    # The first time PyTorch compiles.
    for turn in range(-2, repetitions):
        for model, times in zip(models, spent):
            processor, clock = time.process_time(), time.perf_counter()
            gradient(model, image)
            if turn >= 0:
                times.append((time.process_time() - processor, time.perf_counter() - clock))
    return [
        (1000 * sorted(p for p, _ in times)[repetitions // 2], 1000 * min(c for _, c in times))
        for times in spent
    ]


def opened(folder):
    model = torch.jit.load(folder / NETWORK, map_location="cpu")
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("priors", type=pathlib.Path, nargs="+")
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--repetitions", type=int, default=20, help="of a small image; a tenth of a large one")
    arguments = parser.parse_args()
    models = [opened(folder) for folder in arguments.priors]
    print("| prior | size | threads | processor, ms | clock, ms |")
    print("|---|---|---|---|---|")
    for size in SIZES:
        image = torch.randn(1, 1, size, size, generator=torch.Generator().manual_seed(1))
        repetitions = arguments.repetitions if size == min(SIZES) else max(1, arguments.repetitions // 10)
        for threads in arguments.threads:
            torch.set_num_threads(threads)
            for folder, (processor, clock) in zip(
                arguments.priors, milliseconds(models, image, repetitions)
            ):
                print(f"| {folder.name} | {size} x {size} | {threads} | {processor:.1f} | {clock:.1f} |", flush=True)


if __name__ == "__main__":
    main()
