"""The encoder (BERT, 12 layers, 384 wide) and its heads, for training.

Heads, over the vector of each token's first piece:
- `cue`: words of saying, as outside / first / inside;
- `role`: for each cue, whether a token belongs to its source or its content;
- `statement`: propositions that somebody is reported to have said, as outside / first / inside / last / single;
- `named`: for each statement, the token that names its speaker, or nobody; told by the statement's own words, by the source of the
  cue that tells it, and by whom that source refers to (`refers`, which learns from pronouns and the names they stand for);
- `kind` (direct, indirect, mixed) and `weight` (1 to 3) of a statement."""
import numpy as np, torch
from torch import nn
import torch.nn.functional as F

WIDTH, LAYERS, HEADS = 384, 12, 12
SMALL = 128
DISTANCES = 24


def thinned(x, drop, training):
    """Dropout whose mask is cut from one row of random numbers a window: on a CPU they cost more than the layer."""
    if not training or drop == 0:
        return x
    n, t, w = x.shape
    keep = (torch.rand(n * t + w) >= drop).to(x.dtype) / (1 - drop)
    return x * keep.as_strided((n, t, w), (t, 1, 1))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x, mask, drop):
        n, t, _ = x.shape
        part = lambda y: y.view(n, t, HEADS, WIDTH // HEADS).transpose(1, 2)
        # Written out and all in the half precision of the layer: on a CPU this is faster in training than the fused function.
        q, k, v = self.q(x), self.k(x), self.v(x)
        with torch.autocast("cpu", enabled=False):
            q = q * (WIDTH // HEADS) ** -0.5
            y = ((part(q) @ part(k).transpose(2, 3)) + mask.to(q.dtype)).softmax(3) @ part(v)
        y = self.o(y.transpose(1, 2).reshape(n, t, WIDTH))
        x = self.norm1(x + thinned(y, drop, self.training))
        return self.norm2(x + thinned(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    def __init__(self, pieces):
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pieces.weight.requires_grad = False

    def below(self, ids, drop, upto):
        x = self.norm(self.pieces(ids) + self.places.weight[: ids.shape[1]])
        x = thinned(x, drop, self.training)
        mask = torch.where(ids == 1, -30000.0, 0.0)[:, None, None, :]
        for layer in self.layers[:upto]:
            x = layer(x, mask, drop)
        return x

    def above(self, x, ids, drop, start):
        mask = torch.where(ids == 1, -30000.0, 0.0)[:, None, None, :]
        for layer in self.layers[start:]:
            x = layer(x, mask, drop)
        return x

    def load_e5(self, path):
        z = np.load(path)
        t = lambda n: torch.from_numpy(z[n])
        with torch.no_grad():
            self.pieces.weight.copy_(t("embeddings.word_embeddings.weight"))
            self.places.weight.copy_(t("embeddings.position_embeddings.weight") + t("embeddings.token_type_embeddings.weight")[0])
            self.norm.weight.copy_(t("embeddings.LayerNorm.weight")); self.norm.bias.copy_(t("embeddings.LayerNorm.bias"))
            names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
                     "up": "intermediate.dense", "down": "output.dense", "norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm"}
            for i, layer in enumerate(self.layers):
                for own, theirs in names.items():
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, own), part).copy_(t(f"encoder.layer.{i}.{theirs}.{part}"))


class Model(nn.Module):
    def __init__(self, pieces):
        super().__init__()
        self.encoder = Encoder(pieces)
        self.cue = nn.Linear(WIDTH, 3)
        self.role_cue, self.role_word, self.role_own = nn.Linear(WIDTH, 2 * SMALL), nn.Linear(WIDTH, SMALL), nn.Linear(WIDTH, 2)
        self.role_far = nn.Parameter(torch.zeros(2, DISTANCES))
        self.statement = nn.Linear(WIDTH, 5)
        self.said, self.name, self.nobody = nn.Linear(3 * WIDTH, SMALL), nn.Linear(WIDTH, SMALL), nn.Linear(3 * WIDTH, 1)
        self.name_own = nn.Linear(WIDTH, 1)
        self.name_far = nn.Parameter(torch.zeros(DISTANCES))
        self.refers, self.refer_far = nn.Linear(WIDTH, SMALL), nn.Parameter(torch.zeros(DISTANCES))
        self.source_gain = nn.Parameter(torch.ones(1))
        self.kind, self.weight = nn.Linear(3 * WIDTH, 3), nn.Linear(3 * WIDTH, 3)

    def roles(self, h, cue):
        """Scores [cues, tokens, 3] of no role, source, content. `h` [tokens, WIDTH], `cue` [cues, 2]."""
        at = (h[cue[:, 0]] + h[cue[:, 1] - 1]) / 2
        u = F.gelu(self.role_cue(at)).view(-1, 2, SMALL)
        v = F.gelu(self.role_word(h))
        s = torch.einsum("clk,tk->ctl", u.float(), v.float()) / SMALL ** 0.5 + self.role_own(h).float()[None]
        s = s + self.role_far.t()[distance(cue, len(h))]
        return torch.cat([torch.zeros_like(s[:, :, :1]), s], 2)

    def span(self, h, spans):
        """The vector of each run of tokens: first, last, mean."""
        total = torch.cat([torch.zeros_like(h[:1]).float(), h.float().cumsum(0)])
        mean = (total[spans[:, 1]] - total[spans[:, 0]]) / (spans[:, 1] - spans[:, 0]).clamp(min=1)[:, None]
        return torch.cat([h[spans[:, 0]].float(), h[(spans[:, 1] - 1).clamp(min=0)].float(), mean], 1)

    def link(self, h, spans):
        """For each statement how likely a cue tells it [statements, 1], and how likely each token is that cue's source [statements, tokens]."""
        with torch.no_grad():
            labels = self.cue(h).argmax(1).tolist()
            cues = []
            for t, y in enumerate(labels):
                if y and not (y == 2 and cues and cues[-1][1] == t):
                    cues.append([t, t + 1])
                elif y:
                    cues[-1][1] += 1
            if not cues:
                return torch.zeros(len(spans), 1), torch.zeros(len(spans), len(h))
            p = self.roles(h, torch.tensor(cues)).float().softmax(2)
            total = torch.cat([torch.zeros(len(cues), 1), p[:, :, 2].cumsum(1)], 1)
            share = (total[:, spans[:, 1]] - total[:, spans[:, 0]]) / (spans[:, 1] - spans[:, 0]).clamp(min=1)
            told, best = share.max(0)
            return told[:, None], p[best, :, 1] * told[:, None]

    def names(self, h, s, spans):
        """Scores [statements, tokens + 1]; the last is for nobody."""
        told, source = self.link(h, spans)
        said_by = source @ h.float() / (source.sum(1, keepdim=True) + 0.1)
        q = F.gelu(self.said(s)).float() + told * self.refers(said_by).float()
        score = q @ self.name(h).float().t() / SMALL ** 0.5 + self.name_own(h).float().t() + self.name_far[distance(spans, len(h))]
        return torch.cat([score + self.source_gain * source, self.nobody(s).float()], 1)

    def referred(self, h, at):
        """Scores [tokens asked, tokens] of the names that pronouns stand for."""
        spans = torch.stack([at, at + 1], 1)
        far = self.refer_far[distance(spans, len(h))]
        return self.refers(h[at]).float() @ self.name(h).float().t() / SMALL ** 0.5 + self.name_own(h).float().t() + far


def distance(spans, tokens):
    """Bucket of how far each token stands from each run: 0 within, then before by 1, 2, 3-4, 5-8 ..., then behind."""
    at = torch.arange(tokens)[None]
    before = (spans[:, :1] - at).clamp(min=0)
    behind = (at - spans[:, 1:] + 1).clamp(min=0)
    bucket = lambda d: torch.where(d > 0, (d.float().clamp(min=1).log2().ceil() + 1).clamp(max=DISTANCES // 2 - 1), torch.zeros(()))
    b, e = bucket(before), bucket(behind)
    return torch.where(b > 0, b, torch.where(e > 0, e + DISTANCES // 2, torch.zeros(()))).long()
