"""Trains the small networks of benchmarks: classifiers and segmenters of structures, and features.

    python benchmark_networks.py DATA NAME... --operators ../operators

DATA is as prepare.py makes it. Each NAME is one of NETWORKS; NAME/NAME.pt is written to the folder
of operators, and what it achieves on the validation images is printed. All are TorchScript:
images [N, 1, H, W] with values in [-1, 1] of any size go in;

    structure-classes, structure-classes-judge     logits [N, 3], what the image shows
    structure-segments, structure-segments-judge   logits [N, 3, H, W], what each pixel shows
    structure-features                             of structure-classes-judge: its three maps
                                                   [N, C, h, w], and their means [N, 64]

A network and its judge learn from two halves of the patches, have another architecture and begin
at another seed: what fools the one need not fool the other.
"""

import argparse
import pathlib
import time
from typing import Callable, NamedTuple

import numpy as np
import prior_folder
import tifffile
import torch
from scipy import ndimage
from torch import nn
from torch.nn import functional

# Networks learn to tell the structures of the pool, and say to which class an image belongs: there
# are too few validation images of single structures to judge more.
CLASSES = {
    "nuclei": ["nuclei"],
    "lines and sheets": ["actin", "dendrites", "membranes", "microtubules", "networks"],
    "small bodies": ["bacteria", "mitochondria", "puncta"],
}
STRUCTURES = [structure for members in CLASSES.values() for structure in members]
SEGMENTS = ["background", "structure", "bright structure"]

SIZE = 48
LEARNING_RATE = 2e-3

# A pixel is of a structure if it is brighter, by MARGIN, than its surroundings, and of a bright
# one above BRIGHT; after smoothing, of a range from -1 to 1.
SMOOTHING, SURROUNDINGS, MARGIN, BRIGHT = 1.0, 10.0, 0.05, 0.0

# Half of the patches that are learnt from are noisy: a sample need not be as clean as a truth.
MOST_NOISE = 0.1

VALIDATION_CROPS = 20


class Classifier(nn.Module):
    """Means, over the image, of the last of some maps, and logits of them."""

    def __init__(self, stages):
        super().__init__()
        self.stages = nn.ModuleList(stages)
        self.head = nn.Linear(64, len(STRUCTURES))

    def maps(self, x):
        found = []
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found

    def forward(self, x):
        return self.head(self.maps(x)[-1].mean((2, 3)))


class Classes(nn.Module):
    """The logits of classes: each one's is the largest of its structures'."""

    def __init__(self, classifier):
        super().__init__()
        self.classifier = classifier

    def forward(self, x):
        groups = self.classifier(x).split([len(members) for members in CLASSES.values()], 1)
        return torch.stack([group.amax(1) for group in groups], 1)


class Features(nn.Module):
    """A classifier's maps, and the means of the last of them."""

    def __init__(self, classifier):
        super().__init__()
        self.classifier = classifier

    def forward(self, x):
        maps = self.classifier.maps(x)
        return (*maps, maps[-1].mean((2, 3)))


def convolution(inputs, outputs, size, activation, stride=1, dilation=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, dilation * (size // 2), dilation, bias=False),
        nn.BatchNorm2d(outputs),
        activation(),
    )


def classifier():
    """Four small convolutions, halving three times."""
    return Classifier(
        [
            convolution(1, 16, 3, nn.SiLU),
            convolution(16, 32, 3, nn.SiLU, stride=2),
            convolution(32, 64, 3, nn.SiLU, stride=2),
            convolution(64, 64, 3, nn.SiLU, stride=2),
        ]
    )


def classifier_judge():
    """Three large convolutions, halving three times."""
    return Classifier(
        [
            convolution(1, 20, 5, nn.ELU, stride=2),
            convolution(20, 36, 5, nn.ELU, stride=2),
            convolution(36, 64, 5, nn.ELU, stride=2),
        ]
    )


class Segmenter(nn.Module):
    """A U-Net of three scales."""

    def __init__(self):
        super().__init__()
        self.fine = convolution(1, 12, 3, nn.SiLU)
        self.middle = convolution(12, 24, 3, nn.SiLU, stride=2)
        self.coarse = nn.Sequential(
            convolution(24, 32, 3, nn.SiLU, stride=2), convolution(32, 32, 3, nn.SiLU, dilation=2)
        )
        self.joined_middle = convolution(24 + 32, 24, 3, nn.SiLU)
        self.joined_fine = convolution(12 + 24, 16, 3, nn.SiLU)
        self.head = nn.Conv2d(16, len(SEGMENTS), 1)

    def forward(self, x):
        fine = self.fine(x)
        middle = self.middle(fine)
        upper = self.joined_middle(joined(middle, self.coarse(middle)))
        return self.head(self.joined_fine(joined(fine, upper)))


def joined(fine, coarse):
    size = fine.shape[-2:]
    raised = functional.interpolate(coarse, size=size, mode="bilinear", align_corners=False)
    return torch.cat([fine, raised], 1)


def segmenter():
    return Segmenter()


def segmenter_judge():
    """Convolutions at full resolution, farther and farther apart."""
    dilations = [2, 4, 8, 4, 1]
    return nn.Sequential(
        convolution(1, 16, 3, nn.ELU),
        *[convolution(16, 16, 3, nn.ELU, dilation=dilation) for dilation in dilations],
        nn.Conv2d(16, len(SEGMENTS), 1),
    )


class Plan(NamedTuple):
    """How to make a network and train it."""

    make: Callable
    # Whether it tells what an image shows, or what each pixel does.
    classifies: bool
    # Which half of the patches, 0 or 1.
    half: int
    batch: int
    steps: int


NETWORKS = {
    "structure-classes": Plan(classifier, True, 0, 32, 700),
    "structure-classes-judge": Plan(classifier_judge, True, 1, 64, 900),
    "structure-segments": Plan(segmenter, False, 0, 16, 400),
    "structure-segments-judge": Plan(segmenter_judge, False, 1, 16, 300),
}
FEATURES_OF, FEATURES = "structure-classes-judge", "structure-features"


def stretched(images):
    """Each image's darkest pixel to -1 and its brightest one to 1, as the truths of benchmarks."""
    least = images.amin((-2, -1), keepdim=True)
    range_ = images.amax((-2, -1), keepdim=True) - least
    return 2 * (images - least) / range_.clamp(min=1e-3) - 1


def segments(images):
    """The number of each pixel's segment in SEGMENTS, of images [N, H, W]."""
    images = images.numpy()
    smooth = ndimage.gaussian_filter(images, (0, SMOOTHING, SMOOTHING))
    around = ndimage.gaussian_filter(images, (0, SURROUNDINGS, SURROUNDINGS))
    bright = smooth > BRIGHT
    found = np.where(bright, 2, (smooth > around + MARGIN).astype(int))
    return torch.from_numpy(found)


def batch(plan, patches, labels, generator):
    """Turned crops [batch, 1, SIZE, SIZE], half of them noisy, and what they show."""
    chosen = torch.randint(len(patches), (plan.batch,), generator=generator)
    top, left = torch.randint(patches.shape[-1] - SIZE + 1, (2,), generator=generator).tolist()
    turns, mirrored = torch.randint(4, (2,), generator=generator).tolist()
    crops = torch.from_numpy(
        patches[chosen.numpy(), top : top + SIZE, left : left + SIZE].astype(np.float32)
    )
    crops = torch.rot90(crops, turns, (1, 2))
    images = stretched(crops.flip(2) if mirrored % 2 else crops)
    shown = labels[chosen] if plan.classifies else segments(images)
    noise = MOST_NOISE * torch.rand(plan.batch, 1, 1, generator=generator)
    noise[::2] = 0
    noisy = images + noise * torch.randn(images.shape, generator=generator)
    return noisy[:, None], shown


def training_patches(data, half):
    """Every second patch of a known structure, and the structure's number."""
    pool = np.load(data / "pool.npy", mmap_mode="r")
    structures = np.load(data / "pool-structures.npy")
    known = np.flatnonzero(np.isin(structures, STRUCTURES))[half::2]
    labels = torch.tensor([STRUCTURES.index(structure) for structure in structures[known]])
    return pool[known], labels


def balance(labels):
    """Weights of the classes: rare ones count more, but less than if all were equally frequent."""
    counts = torch.bincount(labels, minlength=len(STRUCTURES)).clamp(min=1)
    weights = counts.float().rsqrt()
    return weights / weights.mean()


def train(data, name):
    """The trained network."""
    plan = NETWORKS[name]
    torch.manual_seed(plan.half + 1)
    generator = torch.Generator().manual_seed(plan.half + 11)
    patches, labels = training_patches(data, plan.half)
    network = plan.make()
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, plan.steps)
    weights = balance(labels) if plan.classifies else None
    for step in range(plan.steps):
        images, shown = batch(plan, patches, labels, generator)
        loss = functional.cross_entropy(network(images), shown, weight=weights)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(f"{name}: {step} of {plan.steps}, loss {loss.item():.3f}", flush=True)
    return network.eval().requires_grad_(False)


def validation_crops(data, size=SIZE):
    """Crops of the validation images that are not empty, and the number of each one's structure."""
    rng = np.random.default_rng(0)
    crops, labels = [], []
    for path in sorted((data / "validation").glob("*.tif")):
        structure = path.stem.split("-")[0]
        plane = tifffile.imread(path)
        if structure not in STRUCTURES or min(plane.shape) < size:
            continue
        for _ in range(VALIDATION_CROPS):
            top, left = (rng.integers(side - size + 1) for side in plane.shape)
            crop = plane[top : top + size, left : left + size]
            if np.ptp(crop) > 0.4:
                crops.append(crop)
                labels.append(STRUCTURES.index(structure))
    return stretched(torch.from_numpy(np.stack(crops).astype(np.float32))), torch.tensor(labels)


def judged(network, plan, data):
    """What it achieves on crops of the validation images, in words."""
    images, shown = validation_crops(data)
    predicted = torch.cat([network(part[:, None]).argmax(1) for part in images.split(64)])
    if plan.classifies:
        class_of = [number for number, group in enumerate(CLASSES.values()) for _ in group]
        return agreement(predicted, torch.tensor(class_of)[shown], list(CLASSES))
    return agreement(predicted, segments(images), SEGMENTS)


def agreement(predicted, labels, names):
    """The share that is right, and for each class recall and intersection over union."""
    told = [f"{(predicted == labels).float().mean():.3f} right of {labels.numel()}"]
    for number, name in enumerate(names):
        there, found = labels == number, predicted == number
        both = (there & found).sum()
        told.append(f"{name}: recall {both / there.sum():.3f}, IoU {both / (there | found).sum():.3f}")
    return "; ".join(told)


def write(network, name, operators):
    folder = operators / name
    folder.mkdir(parents=True, exist_ok=True)
    prior_folder.write_traced(network, folder / f"{name}.pt", (torch.randn(2, 1, SIZE, 64),))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("names", nargs="+", choices=NETWORKS)
    parser.add_argument("--operators", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    for name in arguments.names:
        plan = NETWORKS[name]
        begun = time.perf_counter()
        network = train(arguments.data, name)
        minutes = (time.perf_counter() - begun) / 60
        if name == FEATURES_OF:
            write(Features(network), FEATURES, arguments.operators)
        if plan.classifies:
            network = Classes(network)
        print(f"{name}: {judged(network, plan, arguments.data)}; {minutes:.1f} minutes")
        write(network, name, arguments.operators)


if __name__ == "__main__":
    main()
