"""The networks of priors: small translation-equivariant U-Nets with a noise level.

``Denoiser`` wraps it so that f(x, sigma_min) = x holds exactly (Song et al.,
"Consistency Models", 2023, equation 5 and appendix C). The diffusion denoiser
and the consistency model have the same form, and differ by training alone.
"""

import math

import torch
from torch import nn
from torch.nn import functional

SIGMA_MIN = 0.002
SIGMA_MAX = 80.0
SIGMA_DATA = 0.5


class PixelNorm(nn.Module):
    """Divides by the root mean square over the channels, each pixel for itself.

    A norm over space would make every pixel depend on the whole canvas.
    """

    def __init__(self, channels=None):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(1, channels, 1, 1)) if channels else None

    def forward(self, x):
        normed = x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)
        return normed if self.gain is None else normed * self.gain


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions; the noise level scales and shifts between them."""

    def __init__(self, inputs, outputs, embedding, hidden=None):
        super().__init__()
        hidden = hidden or outputs
        self.norm = PixelNorm(inputs)
        self.first = nn.Conv2d(inputs, hidden, 3, padding=1)
        self.level = nn.Linear(embedding, 2 * hidden)
        self.inner_norm = PixelNorm()
        self.second = nn.Conv2d(hidden, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        # The block starts as the identity (up to the skip).
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x, embedding):
        hidden = self.first(functional.silu(self.norm(x)))
        scale, shift = self.level(embedding)[:, :, None, None].chunk(2, 1)
        hidden = self.inner_norm(hidden) * (1 + scale) + shift
        return self.skip(x) + self.second(functional.silu(hidden))


class Upsampling(nn.Module):
    """Doubles the size: nearest neighbours, then a convolution (no checkerboard)."""

    def __init__(self, channels):
        super().__init__()
        self.convolution = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return self.convolution(functional.interpolate(x, scale_factor=2.0, mode="nearest"))


def level_frequencies():
    return torch.logspace(math.log10(0.5), math.log10(500), 32)


def level_embedding(size):
    """Two layers on the sines and cosines of the noise level."""
    return nn.Sequential(nn.Linear(64, size), nn.SiLU(), nn.Linear(size, size), nn.SiLU())


def embedded(noise_input, frequencies, layers):
    """What the blocks are told of the noise level."""
    angles = noise_input[:, None] * frequencies[None]
    return layers(torch.cat([angles.sin(), angles.cos()], 1))


class UNet(nn.Module):
    """F(x, c_noise) on images whose sides are multiples of 2^(levels of widths)."""

    def __init__(self, channels=1, widths=(48, 96, 128), embedding=128):
        super().__init__()
        self.register_buffer("frequencies", level_frequencies())
        self.embedding = level_embedding(embedding)
        # Half the size and four times the channels: the costly full resolution is left out.
        self.first = nn.Conv2d(4 * channels, widths[0], 3, padding=1)
        self.down = nn.ModuleList()
        widths_left = [widths[0]]
        width = widths[0]
        for level, wanted in enumerate(widths):
            self.down.append(ResidualBlock(width, wanted, embedding))
            width = wanted
            widths_left.append(width)
            if level < len(widths) - 1:
                self.down.append(nn.Conv2d(width, width, 3, stride=2, padding=1))
                widths_left.append(width)
        self.middle = ResidualBlock(width, width, embedding)
        self.up = nn.ModuleList()
        for level, wanted in reversed(list(enumerate(widths))):
            for _ in range(2):
                self.up.append(ResidualBlock(width + widths_left.pop(), wanted, embedding))
                width = wanted
            if level > 0:
                self.up.append(Upsampling(width))
        self.last_norm = PixelNorm(width)
        self.last = nn.Conv2d(width, 4 * channels, 3, padding=1)
        self.levels = len(widths)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x, noise_input):
        embedding = embedded(noise_input, self.frequencies, self.embedding)
        x = self.first(functional.pixel_unshuffle(x, 2))
        left = [x]
        for layer in self.down:
            x = layer(x, embedding) if isinstance(layer, ResidualBlock) else layer(x)
            left.append(x)
        x = self.middle(x, embedding)
        for layer in self.up:
            if isinstance(layer, ResidualBlock):
                x = layer(torch.cat([x, left.pop()], 1), embedding)
            else:
                x = layer(x)
        return functional.pixel_shuffle(self.last(functional.silu(self.last_norm(x))), 2)

    def reach(self):
        """How many rows and columns away from a pixel its value may depend on x."""
        farthest = 0
        for pixel in range(2**self.levels):
            # The way through all levels, which no shorter one sees beyond, is followed back.
            first = last = pixel // 2
            first, last = first - 1, last + 1
            for layer in reversed([*self.down, self.middle, *self.up]):
                if isinstance(layer, ResidualBlock):
                    first, last = first - 2, last + 2
                elif isinstance(layer, Upsampling):
                    first, last = (first - 1) // 2, (last + 1) // 2
                else:
                    first, last = 2 * first - 1, 2 * last + 1
            first, last = 2 * (first - 1), 2 * (last + 1) + 1
            farthest = max(farthest, pixel - first, last - pixel)
        return farthest


class LightUNet(nn.Module):
    """A U-Net of a quarter of the cost: one block a level on the way up, fewer channels inside the
    blocks (hidden) than between them (widths), and channels reduced before the size doubles."""

    def __init__(self, channels=1, widths=(32, 96, 128), hidden=(32, 48, 64), embedding=128):
        super().__init__()
        self.register_buffer("frequencies", level_frequencies())
        self.embedding = level_embedding(embedding)
        self.first = nn.Conv2d(4 * channels, widths[0], 3, padding=1)
        self.down, self.shrink = nn.ModuleList(), nn.ModuleList()
        self.up, self.grow = nn.ModuleList(), nn.ModuleList()
        finer = widths[0]
        for wanted, inside in zip(widths, hidden, strict=True):
            self.down.append(ResidualBlock(finer, wanted, embedding, inside))
            finer = wanted
        for width in widths[:-1]:
            self.shrink.append(nn.Conv2d(width, width, 3, stride=2, padding=1))
        self.middle = ResidualBlock(widths[-1], widths[-1], embedding, hidden[-1])
        for width, inside in reversed(list(zip(widths, hidden))):
            self.up.append(ResidualBlock(2 * width, width, embedding, inside))
        for width, finer in zip(widths[:0:-1], widths[-2::-1]):
            self.grow.append(nn.Conv2d(width, finer, 1))
        self.last_norm = PixelNorm(widths[0])
        self.last = nn.Conv2d(widths[0], 4 * channels, 3, padding=1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x, noise_input):
        embedding = embedded(noise_input, self.frequencies, self.embedding)
        x = self.first(functional.pixel_unshuffle(x, 2))
        left = []
        for level, block in enumerate(self.down):
            x = block(x, embedding)
            left.append(x)
            if level < len(self.shrink):
                x = self.shrink[level](x)
        x = self.middle(x, embedding)
        for level, block in enumerate(self.up):
            x = block(torch.cat([x, left.pop()], 1), embedding)
            if level < len(self.grow):
                x = functional.interpolate(self.grow[level](x), scale_factor=2.0, mode="nearest")
        return functional.pixel_shuffle(self.last(functional.silu(self.last_norm(x))), 2)

    def reach(self):
        """How many rows and columns away from a pixel its value may depend on x."""
        farthest = 0
        for pixel in range(2 ** len(self.down)):
            first = last = pixel // 2
            # The last convolution and the two of each block on the way up.
            first, last = first - 3, last + 3
            for _ in self.grow:
                first, last = first // 2 - 2, last // 2 + 2
            first, last = first - 4, last + 4
            for _ in self.shrink:
                first, last = 2 * first - 3, 2 * last + 3
            first, last = 2 * (first - 1), 2 * (last + 1) + 1
            farthest = max(farthest, pixel - first, last - pixel)
        return farthest


DESIGNS = {"standard": UNet, "light": LightUNet}


def network_of(settings):
    """The untrained network of the settings' entry ``network``: its design and numbers of channels."""
    channels = {key: value for key, value in settings.items() if key != "design"}
    return DESIGNS[settings.get("design", "standard")](**channels)


class Denoiser(nn.Module):
    """f(x, sigma) = c_skip(sigma) x + c_out(sigma) F(c_in(sigma) x, ln(sigma) / 4)."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x, sigma):
        level = sigma[:, None, None, None]
        skip = SIGMA_DATA**2 / ((level - SIGMA_MIN) ** 2 + SIGMA_DATA**2)
        deviation = torch.sqrt(level**2 + SIGMA_DATA**2)
        out = SIGMA_DATA * (level - SIGMA_MIN) / deviation
        return skip * x + out * self.network(x / deviation, torch.log(sigma) / 4).float()
