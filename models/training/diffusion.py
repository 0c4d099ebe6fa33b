"""Diffusion as in Karras et al., "Elucidating the Design Space of Diffusion-Based
Generative Models", NeurIPS 2022 (EDM): the loss of a denoiser, and its sampler."""

import torch

from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN

RHO = 7


def karras_levels(count):
    """sigma_max down to sigma_min in count levels (equation 5, without its last level 0)."""
    ramp = torch.linspace(0, 1, count)
    start, end = SIGMA_MAX ** (1 / RHO), SIGMA_MIN ** (1 / RHO)
    return (start + ramp * (end - start)) ** RHO


def log_normal_levels(count, mean, deviation, generator, device):
    """Noise levels with ln(sigma) ~ N(mean, deviation^2), kept inside the schedule."""
    draws = torch.randn(count, generator=generator, device=device)
    return (mean + deviation * draws).exp().clamp(SIGMA_MIN, SIGMA_MAX)


def denoising_loss(model, images, settings, generator):
    """Mean over the batch of lambda(sigma) |D(x + sigma e, sigma) - x|^2 (equations 2 and 8)."""
    sigma = log_normal_levels(
        len(images), settings["mean"], settings["deviation"], generator, images.device
    )
    level = sigma[:, None, None, None]
    noise = torch.randn(images.shape, generator=generator, device=images.device)
    error = model(images + level * noise, sigma) - images
    weight = (level**2 + SIGMA_DATA**2) / (level * SIGMA_DATA) ** 2
    return (weight * error.square()).mean()


def heun_step(denoiser, x, t, r):
    """From x at the levels t to the levels r > 0 of the probability-flow ODE
    dx/dt = (x - D(x, t)) / t, by Heun's method (algorithm 1); t and r have a level for each image."""
    before, after = t[:, None, None, None], r[:, None, None, None]
    slope = (x - denoiser(x, t)) / before
    euler = x + (after - before) * slope
    there = (euler - denoiser(euler, r)) / after
    return x + (after - before) * (slope + there) / 2


def trajectory(denoiser, x, levels):
    """The images at all levels, from x at the first of them, along the probability-flow ODE."""
    yield x
    for t, r in zip(levels[:-1], levels[1:]):
        x = heun_step(denoiser, x, x.new_full((len(x),), t), x.new_full((len(x),), r))
        yield x


@torch.no_grad()
def heun_samples(denoiser, noise, steps):
    """Images of the probability-flow ODE from unit noise."""
    levels = karras_levels(steps).tolist()
    *_, x = trajectory(denoiser, levels[0] * noise, levels)
    # Euler's step from the lowest level to 0.
    return denoiser(x, x.new_full((len(x),), levels[-1]))
