"""Diffusion as in Karras et al., "Elucidating the Design Space of Diffusion-Based
Generative Models", NeurIPS 2022 (EDM): the loss of a denoiser, and its sampler."""

import torch

from network import SIGMA_DATA, SIGMA_MAX, SIGMA_MIN

RHO = 7


def karras_levels(count):
    """sigma_max down to sigma_min in count levels, then 0 (equation 5)."""
    ramp = torch.linspace(0, 1, count)
    start, end = SIGMA_MAX ** (1 / RHO), SIGMA_MIN ** (1 / RHO)
    return torch.cat([(start + ramp * (end - start)) ** RHO, torch.zeros(1)])


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


@torch.no_grad()
def heun_samples(denoiser, noise, steps):
    """Images of the probability-flow ODE from unit noise, by Heun's method (algorithm 1)."""
    levels = karras_levels(steps).tolist()
    x = levels[0] * noise
    for level, following in zip(levels[:-1], levels[1:]):
        slope = (x - denoiser(x, x.new_full((len(x),), level))) / level
        euler = x + (following - level) * slope
        if following > 0:
            there = (euler - denoiser(euler, x.new_full((len(x),), following))) / following
            euler = x + (following - level) * (slope + there) / 2
        x = euler
    return x
