"""Prints the values that StructuralSimilarityTest expects: Wang et al. 2004 with SciPy's convolutions in float64.

    python make_structural_similarity.py
"""

import numpy as np
from scipy.signal import convolve2d

HEIGHT, WIDTH = 20, 30


def images():
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
    truth = np.float32(100 + 40 * np.sin(x / 3) * np.cos(y / 4)).astype(np.float64)
    shifted = np.float32(100 + 40 * np.sin((x - 1) / 3) * np.cos(y / 4)).astype(np.float64)
    rough = np.float32(truth + 10 * np.sin(37 * x + 91 * y)).astype(np.float64)
    dim = np.float32(0.5 * truth + 20).astype(np.float64)
    return truth, {"shifted": shifted, "rough": rough, "dim": dim}


def similarity(a, b):
    length = b.max() - b.min()
    a, b = a - b.min(), b - b.min()
    offsets = np.arange(11) - 5
    window = np.exp(-(offsets[:, None] ** 2 + offsets[None, :] ** 2) / (2 * 1.5**2))
    window /= window.sum()

    def mean(image):
        return convolve2d(image, window, mode="valid")

    c1, c2 = (0.01 * length) ** 2, (0.03 * length) ** 2
    ma, mb = mean(a), mean(b)
    va, vb, vab = mean(a * a) - ma**2, mean(b * b) - mb**2, mean(a * b) - ma * mb
    ssim = (2 * ma * mb + c1) * (2 * vab + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))
    return ssim.mean()


if __name__ == "__main__":
    truth, others = images()
    for name, image in others.items():
        print(name, repr(similarity(image, truth)))
