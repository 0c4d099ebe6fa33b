"""Draws calibration.png: nominal and measured coverage, from the lines that CoverageBenchmark wrote.

Needs Python 3, matplotlib. Run in this folder: python make_calibration.py
"""

import csv
from collections import defaultdict

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

LEVELS = [50, 80, 90, 95]
IMAGES = ["cells", "nuclei"]
OPERATORS = ["deblur", "super-resolution", "inpainting", "denoise"]
NAMES = {"at a level": "at a level", "posterior": "at sigma_max", "bootstrap": "bootstrap"}
# Columns of a line: PSNR, pixels' coverage at the levels, width, CRPS, regions' coverage, width, CRPS.
PIXELS, REGIONS = 1, 7

scores = defaultdict(list)
with open("../data/coverage.csv") as file:
    for operator, method, image, *numbers in csv.reader(file):
        if image in IMAGES:
            scores[operator, method].append([float(number) for number in numbers])

figure, panels = plt.subplots(1, 2, figsize=(9, 4.2), sharey=True)
for panel, first, title in zip(panels, (PIXELS, REGIONS), ("pixels", "8 x 8 region means")):
    panel.plot([0, 100], [0, 100], color="0.7", label="nominal")
    for colour, operator in zip(("C0", "C1", "C2", "C3"), OPERATORS):
        for method, style in (("at a level", "o-"), ("posterior", ".--"), ("bootstrap", "x:")):
            rows = scores[operator, method]
            means = [sum(row[first + i] for row in rows) / len(rows) for i in range(len(LEVELS))]
            panel.plot(LEVELS, means, style, color=colour, label=f"{operator}, {NAMES[method]}")
    panel.set(title=title, xlabel="level of the interval (%)", xlim=(45, 100), ylim=(0, 100))
panels[0].set_ylabel("truths inside (%)")
panels[1].legend(fontsize=7, loc="center left", bbox_to_anchor=(1, 0.5))
figure.tight_layout()
figure.savefig("calibration.png", dpi=110, metadata={"Software": None})
