"""Measures a trained prior on validation images that training never saw.

    python judge.py microscopy-64.yaml --data DATA --run RUN

RUN gets quality.yaml and the pictures quality-*.png, which go into the card. For the bundled prior it
takes 1,024 validation patches (256 of them for the denoising error, 64 for the consistency error, 16 for
the nearest training patches) and as many images of each kind: ten minutes on one CPU core.
"""

import argparse
import functools
import itertools
import pathlib

import consistency
import diffusion
import matplotlib
import numpy as np
import prepare
import tifffile
import torch
import yaml
from network import SIGMA_MAX
from scipy import stats
from train import (
    best_device,
    model_of,
    read_pool,
    read_settings,
    starting_weights,
    trained_weights,
    write_grid,
)

matplotlib.use("Agg")
from matplotlib import pyplot

# Images that samples are compared with, and samples of each kind. Of 256, the sliced Wasserstein distance
# differs by a tenth from one draw to the next.
COUNT = 1024
DENOISED = 256
SHOWN = 16
HEUN_STEPS = 18

OWN, PARENT = "consistency model", "the prior that it started from"
LEVELS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 40, 80]

# Sliced Wasserstein distance (Karras et al., "Progressive Growing of GANs", 2018, section 5).
PATCHES_PER_IMAGE = 64
PATCH = 7
PROJECTIONS = 256


def batched(function, *tensors, size=64):
    with torch.no_grad():
        return torch.cat([function(*parts) for parts in zip(*(t.split(size) for t in tensors))])


def structures_of(folder):
    """What the validation images show, by their names."""
    return sorted({path.name.split("-")[0] for path in folder.glob("*.tif")})


def validation_patches(folder, structures, count, patch, seed):
    """Patches of the validation images, as many of each structure, and their structures."""
    missing = set(structures) - set(structures_of(folder))
    if missing:
        raise SystemExit(f"No image in {folder} shows {', '.join(sorted(missing))}.")
    planes = {
        structure: [tifffile.imread(path) for path in sorted(folder.glob(f"{structure}-*.tif"))]
        for structure in structures
    }
    chosen = list(itertools.islice(itertools.cycle(structures), count))
    rng = np.random.default_rng(seed)
    rows = []
    for structure in chosen:
        even = np.full(len(planes[structure]), 1 / len(planes[structure]))
        rows.append(prepare.structured_patch(rng, planes[structure], even, patch))
    return torch.from_numpy(np.stack(rows))[:, None].float(), chosen


def radial_spectrum(images):
    """Mean power in rings of spatial frequency, windowed."""
    size = images.shape[-1]
    window = np.hanning(size)
    centred = images[:, 0].numpy() - images[:, 0].numpy().mean((1, 2), keepdims=True)
    power = (np.abs(np.fft.fft2(centred * window[:, None] * window)) ** 2).mean(0)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size)))
    ring = np.rint(frequency * size).astype(int).ravel()
    counts = np.bincount(ring)[: size // 2]
    return np.bincount(ring, power.ravel())[: size // 2] / counts


def spectrum_distance(images, others):
    """Mean absolute difference of the radial spectra, in decibels, without the constant term."""
    ratio = radial_spectrum(images)[1:] / radial_spectrum(others)[1:]
    return float(np.abs(10 * np.log10(ratio)).mean())


def histogram_distance(images, others):
    """Wasserstein-1 distance of the intensities, in units of the range [-1, 1]."""
    return float(stats.wasserstein_distance(images.numpy().ravel(), others.numpy().ravel()))


def laplacian_levels(images):
    """Laplacian pyramid down to 16 pixels."""
    levels = []
    while images.shape[-1] > 16:
        half = torch.nn.functional.avg_pool2d(images, 2)
        levels.append(images - torch.nn.functional.interpolate(half, scale_factor=2.0))
        images = half
    return [*levels, images]


def sliced_wasserstein(images, others, seed=0):
    """Mean over pyramid levels of the sliced Wasserstein distance of normalised 7 x 7 patches, x 1000."""
    generator = torch.Generator().manual_seed(seed)
    distances = []
    for a, b in zip(laplacian_levels(images), laplacian_levels(others)):
        places = a.shape[-1] - PATCH + 1
        descriptors = []
        for level in (a, b):
            windows = level.unfold(2, PATCH, 1).unfold(3, PATCH, 1).reshape(len(level), -1, PATCH**2)
            rows = torch.randint(places**2, (len(level), PATCHES_PER_IMAGE), generator=generator)
            descriptors.append(windows.gather(1, rows[..., None].expand(-1, -1, PATCH**2)).flatten(0, 1))
        # Normalised by the data's statistics: the samples' own would hide wrong contrast.
        mean, deviation = descriptors[1].mean(0), descriptors[1].std(0) + 1e-6
        directions = torch.randn(PATCH**2, PROJECTIONS, generator=generator)
        directions = directions / directions.norm(dim=0)
        sorted_projections = [
            (((d - mean) / deviation) @ directions).sort(0).values for d in descriptors
        ]
        distances.append((sorted_projections[0] - sorted_projections[1]).abs().mean().item())
    return float(1000 * np.mean(distances))


def distances(images, data):
    return {
        "power spectrum (dB)": round(spectrum_distance(images, data), 2),
        "intensity histogram (Wasserstein-1)": round(histogram_distance(images, data), 4),
        "patches (sliced Wasserstein x 1000)": round(sliced_wasserstein(images, data), 1),
    }


def root_mean_square(difference):
    return round(float(difference.square().mean().sqrt()), 4)


def denoising_errors(model, images, device):
    """Root mean square error at each noise level."""
    generator = torch.Generator().manual_seed(1)
    errors = {}
    for level in LEVELS:
        noisy = images + level * torch.randn(images.shape, generator=generator)
        sigma = torch.full((len(images),), float(level))
        clean = batched(lambda x, s: model(x.to(device), s.to(device)).cpu(), noisy, sigma)
        errors[level] = root_mean_square(clean - images)
    return errors


def reduced(images):
    return torch.nn.functional.adaptive_avg_pool2d(images, 16)


def descriptors(small):
    """Zero-mean unit vectors of reduced images."""
    small = small.flatten(1)
    small = small - small.mean(1, keepdim=True)
    return small / small.norm(dim=1, keepdim=True).clamp(min=1e-3)


def turned(images, transposed, flips):
    return (images.transpose(2, 3) if transposed else images).flip(flips)


def nearest_training_patches(images, pool, patch):
    """For each image the most similar window of the pool: correlation at 16 x 16, and the window.

    Windows at every 16th pixel, in all eight orientations.
    """
    wanted = descriptors(reduced(images))
    best = torch.full((len(images),), -1.0)
    found = torch.zeros_like(images)
    offsets = range(0, pool.shape[-1] - patch + 1, 16)
    for first in range(0, len(pool), 2048):
        block = pool[first : first + 2048, None].float()
        for top in offsets:
            for left in offsets:
                window = block[:, :, top : top + patch, left : left + patch]
                small = reduced(window)
                for transposed in (False, True):
                    for flips in ((), (2,), (3,), (2, 3)):
                        similarity, row = (wanted @ descriptors(turned(small, transposed, flips)).T).max(1)
                        better = similarity > best
                        best[better] = similarity[better]
                        found[better] = turned(window[row[better]], transposed, flips)
    return best, found


def plot_lines(curves, path, horizontal, vertical):
    figure, axes = pyplot.subplots(figsize=(5, 3.4), layout="constrained")
    for label, (x, y) in curves.items():
        axes.loglog(x, y, marker=".", label=label)
    axes.set_xlabel(horizontal)
    axes.set_ylabel(vertical)
    axes.legend()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def two_steps(model, middle, device):
    generator = torch.Generator(device).manual_seed(5)
    return lambda noise: consistency.samples(model, noise, middle, generator)


def drawn_images(denoiser, models, middle, noise, device):
    """Images of the same noise: the teacher's, and those of each model in one and in two steps."""
    ways = {"teacher": lambda z: diffusion.heun_samples(denoiser, z, HEUN_STEPS)}
    for name, model in models.items():
        ways[f"{name}, one step"] = functools.partial(consistency.samples, model)
        ways[f"{name}, two steps"] = two_steps(model, middle, device)
    return {way: batched(lambda z: draw(z.to(device)).cpu(), noise) for way, draw in ways.items()}


def plot_denoising(errors, path):
    plot_lines(
        {label: (LEVELS, list(values.values())) for label, values in errors.items()},
        path,
        "noise level",
        "root mean square error",
    )


def consistency_errors(model, denoiser, images, path, device):
    """The mean and the largest of those along trajectories, and a plot of all."""
    levels = diffusion.karras_levels(HEUN_STEPS).tolist()
    errors = consistency.consistency_error(
        model, denoiser, images.to(device), levels, torch.Generator(device).manual_seed(6)
    )
    plot_lines(
        {"|f(x_t, t) - f(x_r, r)|": (levels[:-1], errors)},
        path,
        f"t, on {HEUN_STEPS} levels from {SIGMA_MAX:g}",
        "root mean square difference",
    )
    return {"mean": round(float(np.mean(errors)), 4), "largest": round(max(errors), 4)}


def memorisation(samples, images, pool, path):
    """How like the nearest training patches samples are, and images that were not learned from;
    with a picture of samples above their nearest patches."""
    similarity, nearest = nearest_training_patches(
        torch.cat([samples, images]), pool, samples.shape[-1]
    )
    write_grid(torch.cat([samples, nearest[: len(samples)]]), path, columns=len(samples))
    return {
        "one-step samples, median": round(float(similarity[: len(samples)].median()), 3),
        "validation patches, median": round(float(similarity[len(samples) :].median()), 3),
    }


def judge(settings, data, run, device):
    """Writes quality.yaml and the pictures."""
    middle, patch = settings["intermediate_sigma"], settings["patch"]
    denoiser, model = (model_of(settings, w, device) for w in trained_weights(settings, run))
    models = {OWN: model}
    if "start" in settings:
        weights = starting_weights(settings)["consistency"]
        models[PARENT] = model_of(settings, weights, device)
    structures = settings.get("structures")
    folder = data / "validation"
    shown = structures or structures_of(folder)
    held_out, _ = validation_patches(folder, shown, 2 * COUNT, patch, 3)
    truth, other_truth = held_out[:COUNT], held_out[COUNT:]
    noise = torch.randn(COUNT, 1, patch, patch, generator=torch.Generator().manual_seed(4))
    images = drawn_images(denoiser, models, middle, noise, device)
    pictured = torch.cat([drawn[:SHOWN] for drawn in [*images.values(), truth]])
    write_grid(pictured, run / "quality-samples.png", columns=SHOWN)

    errors = {
        name: denoising_errors(network, truth[:DENOISED], device)
        for name, network in {**models, "teacher": denoiser}.items()
    }
    plot_denoising(errors, run / "quality-denoising.png")

    pool = read_pool(data, structures)
    compared = {
        **images,
        # Some twice where there are fewer: the distance compares equal numbers.
        "training patches": pool[torch.arange(COUNT) % len(pool), None, :patch, :patch].float(),
        "other validation patches": other_truth,
    }
    qualities = {
        "validation": f"{COUNT} patches of {patch} x {patch} from whole images kept apart,"
        f" of {', '.join(shown)}",
        "quality-samples.png from the top": [*images, "validation patches"],
        "distance to validation patches": {
            name: distances(patches, truth) for name, patches in compared.items()
        },
        "denoising error (root mean square) at noise level": errors,
        "consistency error (root mean square) along the teacher's trajectories": consistency_errors(
            model, denoiser, truth[:64], run / "quality-consistency.png", device
        ),
        "correlation with the nearest training patch (16 x 16 pixels)": memorisation(
            images[f"{OWN}, one step"][:SHOWN], truth[:SHOWN], pool, run / "quality-nearest.png"
        ),
    }
    part = run / "quality.yaml.part"
    part.write_text(yaml.safe_dump(qualities, sort_keys=False))
    part.replace(run / "quality.yaml")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("settings", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    settings = read_settings(arguments.settings)
    judge(settings, arguments.data, arguments.run, best_device())


if __name__ == "__main__":
    main()
