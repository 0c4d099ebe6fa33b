"""Trains a network to undo one blur and its noise, and measures it on images.

    python direct_deblurring.py microscopy-64.yaml --data DATA --start ../microscopy-64 --images FOLDER

The network is that of the prior, and starts from its denoiser. Least squares make it an estimate of the mean
of all sharp images behind a measurement (blur of 2 pixels, noise of 5 % of the range), so its PSNR is what the
mean of a posterior can hope for with this network, these training images and no more.

Prints a line for each image of FOLDER (square TIFF files, such as test-images/held-out; the darkest pixel becomes
-1, the brightest one 1).
"""

import argparse
import functools
import pathlib

import numpy as np
import tifffile
import torch
from prior_folder import DENOISER
from scipy import ndimage
from train import Average, Pool, best_device, new_model, rate_factor, read_pool, read_settings

BLUR = 2
# 5 % of the range [-1, 1].
NOISE = 0.1

# A noise level of the denoiser near that of the measurement.
LEVEL = 0.2

# Patches of less contrast are not stretched to the whole range: it would be their noise that is learnt.
LEAST_RANGE = 0.4

BATCH = 32
LEARNING_RATE = 2e-4
HALF_LIFE = 5000
MEASUREMENTS = 16


@functools.lru_cache
def blur_matrix(size):
    """The blur along one axis, the border mirrored, as PosteriorJ's GaussianBlur has it."""
    eye = np.eye(size, dtype=np.float32)
    return torch.from_numpy(ndimage.gaussian_filter1d(eye, BLUR, axis=0, mode="reflect", truncate=10))


def measure(images, generator):
    """Blurs and adds noise."""
    matrix = blur_matrix(images.shape[-1]).to(images.device)
    noise = torch.randn(images.shape, generator=generator, device=images.device)
    return matrix @ images @ matrix.T + NOISE * noise


def stretched(images):
    """To [-1, 1], each image for itself."""
    low, high = images.amin((1, 2, 3), keepdim=True), images.amax((1, 2, 3), keepdim=True)
    return 2 * (images - low) / (high - low).clamp(min=LEAST_RANGE) - 1


def restore(model, y):
    return model(y, y.new_full((len(y),), LEVEL))


def train(model, pool, count, seed):
    """Least squares on measurements of random patches; returns the averaged weights."""
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.99))
    average = Average(model.state_dict(), HALF_LIFE)
    random = np.random.default_rng(seed)
    generator = torch.Generator(pool.device).manual_seed(seed)
    for seen in range(0, count, BATCH):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * rate_factor(seen / count)
        images = stretched(pool.batch(BATCH, random))
        loss = (restore(model, measure(images, generator)) - images).square().mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        average.add(model.state_dict(), BATCH, seen + BATCH)
        if seen // BATCH % 200 == 0:
            print(f"{seen} of {count} images, loss {loss.item():.4f}", flush=True)
    return average.weights


def decibels(estimate, truth):
    """PSNR for the range 2, of the mean squared error over all measurements."""
    return 10 * np.log10(4 / (estimate - truth).square().mean().item())


@torch.no_grad()
def judge(model, images, seed, device):
    """A line for each image: PSNR of its measurements and of what the network makes of them."""
    for path in sorted(images.glob("*.tif")):
        sharp = torch.from_numpy(tifffile.imread(path).astype(np.float32))
        truth = stretched(sharp[None, None].to(device))
        generator = torch.Generator(device).manual_seed(seed)
        y = measure(truth.expand(MEASUREMENTS, -1, -1, -1), generator)
        before, after = decibels(y, truth), decibels(restore(model, y), truth)
        print(f"{path.stem}: measurement {before:.2f}, network {after:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--start", type=pathlib.Path, required=True)
    parser.add_argument("--images", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=60_000, help="training images to see")
    arguments = parser.parse_args()
    settings = read_settings(arguments.settings)
    device = best_device()
    torch.manual_seed(settings["seed"])
    model = new_model(settings, device)
    model.load_state_dict(torch.jit.load(arguments.start / DENOISER, map_location=device).state_dict())
    pool = Pool(read_pool(arguments.data, settings.get("structures")), settings["patch"], device)
    model.load_state_dict(train(model, pool, arguments.count, settings["seed"]))
    judge(model.eval(), arguments.images, settings["seed"], device)


if __name__ == "__main__":
    main()
