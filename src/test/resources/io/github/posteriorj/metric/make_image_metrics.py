"""Prints the values that ImageMetricsTest expects, by scikit-image 0.26 and NumPy.

    python make_image_metrics.py

SSIM and NRMSE are scikit-image's own. It has no Fourier ring correlation: the rings are those of ASPIRE's FRCorr
(PrincetonUniversity/aspire, common/FRCorr.m), after the window and the padding that the Java class tells of.
"""

import numpy as np
from skimage.metrics import normalized_root_mse, structural_similarity

HEIGHT, WIDTH = 50, 61


def images():
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
    truth = np.float32(100 + 40 * np.sin(x / 3) * np.cos(y / 4) + 20 * np.sin(1.1 * x + 0.7 * y))
    blurred = np.float32(100 + 30 * np.sin(x / 3) * np.cos(y / 4) + 5 * np.sin(37 * x + 91 * y))
    return truth.astype(np.float64), blurred.astype(np.float64)


def spectrum(image, side):
    window = [np.sin(np.pi * (np.arange(n) + 0.5) / n) ** 2 for n in image.shape]
    return np.fft.fft2((image - image.mean()) * window[0][:, None] * window[1][None, :], (side, side))


def ring_correlation(a, b):
    side = 64
    f, g = spectrum(a, side), spectrum(b, side)
    k = np.fft.fftfreq(side, 1 / side)
    radius = np.hypot(k[:, None], k[None, :])
    curve = []
    for r in range(side // 2 + 1):
        ring = (radius >= r - 0.5) & (radius < r + 0.5)
        top = np.real(np.sum(f[ring] * np.conj(g[ring])))
        curve.append(top / np.sqrt(np.sum(np.abs(f[ring]) ** 2) * np.sum(np.abs(g[ring]) ** 2)))
    return np.array(curve)


if __name__ == "__main__":
    truth, blurred = images()
    low, span = truth.min(), truth.max() - truth.min()
    print("NRMSE", repr(normalized_root_mse(truth, blurred, normalization="min-max")))
    print(
        "SSIM",
        repr(
            structural_similarity(
                blurred - low,
                truth - low,
                gaussian_weights=True,
                sigma=1.5,
                use_sample_covariance=False,
                data_range=span,
            )
        ),
    )
    curve = ring_correlation(truth, blurred)
    for ring in (1, 3, 8, 12, 20, 32):
        print("FRC", ring, repr(curve[ring]))
    below = next(r for r in range(1, len(curve)) if curve[r] < 1 / 7)
    crossing = below - 1 + (curve[below - 1] - 1 / 7) / (curve[below - 1] - curve[below])
    print("resolution", repr(64 / crossing))
