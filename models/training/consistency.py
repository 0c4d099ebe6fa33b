"""Consistency training of a denoiser into a one-step generator.

Song et al., "Consistency Models", ICML 2023; the schedule of the gap between
two noise levels is that of Geng et al., "Consistency Models Made Easy", 2024:
r = t (1 - n(t) / 2^halvings), n(t) = 1 + 8 sigmoid(-t).
"""

import torch

from diffusion import heun_step, log_normal_levels, trajectory
from network import SIGMA_MAX, SIGMA_MIN

# Scale of the pseudo-Huber loss, for each pixel of an image (Song and Dhariwal, "Improved
# Techniques for Training Consistency Models", 2024, section 3.3).
HUBER = 0.00054


def lower_level(t, halvings):
    """The level r that t is compared with."""
    gap = (1 + 8 * torch.sigmoid(-t)) / 2**halvings
    return (t * (1 - gap)).clamp(min=SIGMA_MIN)


def pseudo_huber(difference):
    """The norm of each image of a batch, rounded off near zero."""
    scale = HUBER * difference[0].numel() ** 0.5
    return (difference.square().sum((1, 2, 3)) + scale**2).sqrt() - scale


def _level(sigma):
    return sigma[:, None, None, None]


def pair(images, t, r, generator, teacher):
    """x_t, and x_r on the same trajectory: by one noise for both, or by a step of the teacher's ODE."""
    noise = torch.randn(images.shape, generator=generator, device=images.device)
    noisy = images + _level(t) * noise
    if teacher is None:
        return noisy, images + _level(r) * noise
    return noisy, heun_step(teacher, noisy, t, r)


def consistency_loss(model, images, settings, generator, teacher=None):
    """Mean over the batch of h(f(x_t, t) - f(x_r, r)) / (t - r), the second f without gradient;
    h is the pseudo-Huber norm of an image."""
    t = log_normal_levels(
        len(images), settings["mean"], settings["deviation"], generator, images.device
    ).clamp(min=2 * SIGMA_MIN)
    r = lower_level(t, settings["halvings"])
    with torch.no_grad():
        noisy, less_noisy = pair(images, t, r, generator, teacher)
        target = model(less_noisy, r)
    return (pseudo_huber(model(noisy, t) - target) / (t - r)).mean()


@torch.no_grad()
def samples(model, noise, middle=None, generator=None):
    """One-step images of unit noise, or two-step ones by way of a noise level in the middle."""
    x = model(SIGMA_MAX * noise, noise.new_full((len(noise),), SIGMA_MAX))
    if middle is None:
        return x
    fresh = torch.randn(noise.shape, generator=generator, device=noise.device)
    return model(
        x + (middle**2 - SIGMA_MIN**2) ** 0.5 * fresh, noise.new_full((len(noise),), middle)
    )


@torch.no_grad()
def consistency_error(model, denoiser, images, levels, generator):
    """Root mean square of f(x_t, t) - f(x_r, r) for neighbours t > r of the levels,
    along the trajectories of the denoiser's ODE that begin at noisy images."""
    noise = torch.randn(images.shape, generator=generator, device=images.device)
    noisy = trajectory(denoiser, images + levels[0] * noise, levels)
    outputs = [model(x, x.new_full((len(x),), level)) for x, level in zip(noisy, levels)]
    return [(b - a).square().mean().sqrt().item() for a, b in zip(outputs[:-1], outputs[1:])]
