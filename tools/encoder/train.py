"""Trains the encoder and its heads; see README.md beside this file."""
import argparse, glob, json, os, random, sys, time
import torch
import torch.nn.functional as F
import data, model
from pieces import Pieces, BEGIN, END

OUT, FIRST, INSIDE, LAST, SINGLE = range(5)


class Window:
    """One window of a report, with its labels as tokens of the window."""

    def __init__(self, doc, begin, first, last, end):
        self.doc = doc
        self.start = doc.sentences[begin][0]
        self.stop = doc.sentences[end - 1][1]
        self.own = (doc.sentences[first][0] - self.start, doc.sentences[last - 1][1] - self.start)
        ids, self.at = [BEGIN], []
        for t in range(self.start, self.stop):
            self.at.append(min(len(ids), 510))
            ids += doc.pieces[t]
        self.ids = ids[:511] + [END]
        n = self.stop - self.start
        here = lambda t: 0 <= t - self.start < n
        owns = lambda t: self.own[0] <= t - self.start < self.own[1]
        self.cues, self.roles, self.statements = [], [], []
        self.pronouns = []
        for t, names in getattr(doc, "pronouns", {}).items():
            near = [x - self.start for x in names if here(x)]
            if owns(t) and near:
                self.pronouns.append((t - self.start, near))
        self.has = (doc.attributions is not None, doc.statements is not None)
        if doc.attributions is not None:
            for cue, source, content in doc.attributions:
                if not owns(cue[0]) or not here(cue[-1]):
                    continue
                self.cues.append((cue[0] - self.start, cue[-1] + 1 - self.start))
                self.roles.append(([t - self.start for t in source if here(t)], [t - self.start for t in content if here(t)]))
        if doc.statements is not None:
            for a, b, kind, weight, named, n_, _ in doc.statements:
                if here(a) and here(b - 1):
                    self.statements.append((a - self.start, b - self.start, kind, weight, [t - self.start for t in named if here(t)], owns(a)))

    def named_by(self, source):
        """The tokens of the report that name, within this window, whom a source of it means."""
        found = set()
        for t in source:
            found.update(self.doc.naming.get(t + self.start, ()))
        return [t for t in found if self.start <= t < self.stop]


def batches(windows, size, shuffle):
    order = sorted(windows, key=lambda w: len(w.ids) + shuffle.random() * 40)
    out = [order[i:i + size] for i in range(0, len(order), size)]
    shuffle.shuffle(out)
    return out


def padded(batch):
    longest = max(len(w.ids) for w in batch)
    return torch.tensor([w.ids + [1] * (longest - len(w.ids)) for w in batch])


def statement_labels(w):
    y = torch.zeros(len(w.at), dtype=torch.long)
    for a, b, *_ in w.statements:
        if y[a:b].any():
            continue
        y[a:b] = INSIDE
        y[a], y[b - 1] = FIRST, LAST
        if b - a == 1:
            y[a] = SINGLE
    return y


def losses(m, w, h):
    """The losses of one window, given the vectors of its tokens."""
    out = {}
    own = slice(*w.own)
    if w.has[0]:
        y = torch.zeros(len(w.at), dtype=torch.long)
        for a, b in w.cues:
            y[a:b], y[a] = 2, 1
        out["cue"] = F.cross_entropy(m.cue(h[own]).float(), y[own], reduction="sum") / 100
        if w.cues:
            s = m.roles(h, torch.tensor(w.cues))
            y = torch.zeros(s.shape[:2], dtype=torch.long)
            for i, (source, content) in enumerate(w.roles):
                y[i, content] = 2
                y[i, source] = 1
            out["role"] = F.cross_entropy(s.flatten(0, 1), y.flatten(), reduction="sum") / 200
            # Who is named by the source, and nobody where there is none.
            spans = torch.tensor([[min(c), max(c) + 1] if c else list(q) for q, (_, c) in zip(w.cues, w.roles)])
            known = [i for i, (s_, _) in enumerate(w.roles) if not s_ or any(t in w.doc.naming for t in (x + w.start for x in s_))]
            if known:
                sc = m.names(h, m.span(h, spans[known]), spans[known])
                for row, i in zip(sc, known):
                    good = [t - w.start for t in w.named_by(w.roles[i][0])] or [len(w.at)]
                    out["named"] = out.get("named", 0) - (row[good].logsumexp(0) - row.logsumexp(0)) / 4
    if w.pronouns:
        at = torch.tensor([t for t, _ in w.pronouns])
        for row, (_, names) in zip(m.referred(h, at), w.pronouns):
            out["refers"] = out.get("refers", 0) - (row[names].logsumexp(0) - row.logsumexp(0)) / 8
    if w.has[1]:
        out["statement"] = F.cross_entropy(m.statement(h[own]).float(), statement_labels(w)[own], reduction="sum") / 50
        mine = [s for s in w.statements if s[5]]
        if mine:
            spans = torch.tensor([s[:2] for s in mine])
            r = m.span(h, spans)
            sc = m.names(h, r, spans)
            for row, s in zip(sc, mine):
                good = s[4] or [len(w.at)]
                out["named"] = out.get("named", 0) - (row[good].logsumexp(0) - row.logsumexp(0)) / 2
            out["kind"] = F.cross_entropy(m.kind(r).float(), torch.tensor([s[2] for s in mine]), reduction="sum") / 4
            out["weight"] = F.cross_entropy(m.weight(r).float(), torch.tensor([s[3] - 1 for s in mine]), reduction="sum") / 8
    return out


def naming_of(doc, row):
    """For each token of a source, the tokens that name the same one: of the name itself, or of the name a pronoun stands for.

    `row` holds a machine's analysis: sentences of (start, end, lemma, POS, NER, head, relation) and coreference chains."""
    doc.naming = {}
    place = {}
    for i, s in enumerate(row["sentences"] if row else []):
        for j, tok in enumerate(s):
            a, b = doc.span(tok[0], tok[1])
            if a < b:
                place[i, j] = (a, tok)
    named, pronoun = {}, set()
    for a, tok in place.values():
        if tok[3].startswith("NNP"):
            named[a] = "name"
        elif tok[3].startswith("NN"):
            named[a] = "noun"
        elif tok[3] in ("PRP", "PRP$", "WP"):
            pronoun.add(a)
    lower = [w.lower() for w in doc.words]
    by_word = {}
    for t, k in named.items():
        if k == "name":
            by_word.setdefault(lower[t], set()).add(t)
    chain_of = {}
    doc.pronouns = chain_of
    for chain in row["coreference"] if row else []:
        names = {place[s, t][0] for s, a, b in chain for t in range(a, b) if (s, t) in place and place[s, t][1][3].startswith("NNP") and b - a <= 6}
        for s, a, b in chain:
            for t in range(a, b):
                if (s, t) in place and b - a == 1 and place[s, t][0] in pronoun:
                    if names:
                        chain_of[place[s, t][0]] = names
    for source in {tuple(s) for _, s, _ in doc.attributions}:
        # The head of a source: its last name before a comma or a preposition, else its last noun.
        run = []
        for t in source:
            if run and (lower[t] in (",", "of", "for", "at", "in", "from", "with", "who", "on", "–", "—", "-", "(")):
                break
            run.append(t)
        heads = [t for t in run if named.get(t) == "name"] or [t for t in run if t in named]
        if heads:
            head = heads[-1]
            doc.naming[head] = {head} | (by_word.get(lower[head], set()) if named[head] == "name" else set())
        else:
            for t in source:
                if t in pronoun and chain_of.get(t):
                    doc.naming[t] = chain_of[t]
                    break


def main_params(m, lr, head_lr):
    head = [p for n, p in m.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    body = [p for n, p in m.named_parameters() if n.startswith("encoder") and p.requires_grad]
    return [{"params": body, "lr": lr}, {"params": head, "lr": head_lr}]


def run(m, sets, steps, lr, head_lr, frozen, seed, say, save=None, drop=0.1):
    """Trains for some steps. `sets`: (windows, share of the steps, size of a batch); `frozen`: layers below that stay."""
    shuffle = random.Random(seed)
    torch.manual_seed(seed)
    for i, layer in enumerate(m.encoder.layers):
        for p in layer.parameters():
            p.requires_grad = i >= frozen
    for p in list(m.encoder.places.parameters()) + list(m.encoder.norm.parameters()):
        p.requires_grad = frozen == 0
    groups = main_params(m, lr, head_lr)
    opt = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    base = [g["lr"] for g in opt.param_groups]
    queues = [[] for _ in sets]
    cache = {}
    total, t0, seen = {}, time.time(), 0
    order = [i for i, s in enumerate(sets) for _ in range(round(s[1] * 1000))]
    m.train()
    for step in range(steps):
        k = shuffle.choice(order)
        if not queues[k]:
            queues[k] = batches(sets[k][0], sets[k][2], shuffle)
        batch = queues[k].pop()
        rate = min(1, (step + 1) / max(1, steps * 0.06)) * max(0.02, 1 - step / steps)
        for g, b in zip(opt.param_groups, base):
            g["lr"] = b * rate
        ids = padded(batch)
        with torch.autocast("cpu", torch.bfloat16):
            if frozen:
                missing = [w for w in batch if id(w) not in cache]
                if missing:
                    m.eval()
                    with torch.no_grad():
                        low = m.encoder.below(padded(missing), 0.0, frozen).bfloat16()
                    m.train()
                    for w, l in zip(missing, low):
                        cache[id(w)] = l[: len(w.ids)].clone()
                x = torch.zeros(*ids.shape, model.WIDTH)
                for i, w in enumerate(batch):
                    x[i, : len(w.ids)] = cache[id(w)].float()
                x = m.encoder.above(x, ids, drop, frozen)
            else:
                x = m.encoder.above(m.encoder.below(ids, drop, 0), ids, drop, 0)
            loss = 0
            for i, w in enumerate(batch):
                h = F.dropout(x[i, w.at], drop, True)
                for n, l in losses(m, w, h).items():
                    loss = loss + l
                    total[n] = total.get(n, 0) + float(l)
        loss = loss / len(batch)
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
        opt.step()
        seen += sum(len(w.ids) for w in batch)
        if (step + 1) % 50 == 0 or step + 1 == steps:
            dt = time.time() - t0
            say(f"step {step + 1}/{steps} {seen / dt:.0f} pieces/s left {dt / (step + 1) * (steps - step - 1) / 60:.1f} min " + " ".join(f"{n} {v / 50:.2f}" for n, v in sorted(total.items())))
            total = {}
        if save and (step + 1) % 200 == 0:
            torch.save(m.state_dict(), save)
    if save:
        torch.save(m.state_dict(), save)


def vocabulary(path):
    return Pieces([tuple(x) for x in json.load(open(path))])


def polnear(folder, labels, vocab, name):
    rows = data.rows(f"{labels}/statements/{name}.jsonl.gz")
    syntax = {}
    path = f"{labels}/syntax/polnear-train-corenlp.jsonl.gz"
    if name == "polnear-train":
        syntax = {r["id"]: r for r in data.rows(path)}
    out = []
    for row, labelled in zip(data.rows(f"{folder}/{name}.jsonl"), rows):
        assert row["text"] == labelled["text"]
        doc = data.Doc(row, vocab)
        data.polnear(doc, labelled)
        naming_of(doc, syntax.get(row["id"]))
        out.append(doc)
    return out


def stories(folder, labels, vocab):
    """Docs by story."""
    out = {}
    for path in sorted(glob.glob(f"{labels}/*.gold.json")):
        name = os.path.basename(path)[:-10]
        gold = json.load(open(path))
        docs = []
        for row in data.rows(f"{folder}/{name}.jsonl"):
            doc = data.Doc(row, vocab)
            data.story(doc, gold)
            docs.append(doc)
        out[name] = docs
    return out


def windows_of(docs):
    return [Window(d, *w) for d in docs for w in d.windows]


def decoded(scores, eager=0.0):
    """Statements of the likeliest legal labels, as runs of tokens."""
    logp = torch.log_softmax(scores.float(), 1)
    logp[:, FIRST:] += eager
    opens = torch.tensor([[0, 0, -1e9, -1e9, 0]] + [[-1e9, -1e9, 0, 0, -1e9]] * 2 + [[0, 0, -1e9, -1e9, 0]] * 2)
    best, back = logp[0] + torch.tensor([0, 0, -1e9, -1e9, 0]), []
    for row in logp[1:]:
        both = best[:, None] + opens
        top, at = both.max(0)
        best = top + row
        back.append(at)
    path = [int(best.argmax())]
    for at in reversed(back):
        path.append(int(at[path[-1]]))
    path.reverse()
    out, start = [], 0
    for t, y in enumerate(path):
        if y in (FIRST, SINGLE):
            start = t
        if y in (LAST, SINGLE) or (y and t + 1 == len(path)):
            out.append((start, t + 1))
    return out


def vectors(m, w):
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        ids = torch.tensor([w.ids])
        return m.encoder.above(m.encoder.below(ids, 0, 0), ids, 0, 0)[0, w.at].float()


def close(a, b):
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both > 0 and (both / (max(a[1], b[1]) - min(a[0], b[0])) >= 0.4 or both / min(a[1] - a[0], b[1] - b[0]) >= 0.8 and both / max(a[1] - a[0], b[1] - b[0]) >= 0.25)


def measured(m, docs):
    """How well statements and their speakers are found in reports held out."""
    m.eval()
    n = dict.fromkeys(("gold", "found", "told", "right", "named", "asked", "kind", "weight", "eager", "eager_told"), 0)
    for w in windows_of(docs):
        h = vectors(m, w)
        with torch.no_grad():
            y = m.statement(h)[slice(*w.own)]
            mine = [s for s in w.statements if s[5]]
            for eager in (0.0, 1.5):
                told = [(a + w.own[0], b + w.own[0]) for a, b in decoded(y, eager)]
                chars = lambda s: (w.doc.starts[s[0] + w.start], w.doc.ends[s[1] - 1 + w.start])
                hit = sum(any(close(chars(s), chars(t)) for t in told) for s in mine)
                if eager:
                    n["eager"] += hit
                    n["eager_told"] += len(told)
                else:
                    n["found"] += hit
                    n["told"] += len(told)
                    n["right"] += sum(any(close(chars(t), chars(s)) for s in w.statements) for t in told)
            n["gold"] += len(mine)
            if mine:
                spans = torch.tensor([s[:2] for s in mine])
                r = m.span(h, spans)
                sc = m.names(h, r, spans).softmax(1)
                words = [x.lower() for x in w.doc.words[w.start:w.stop]]
                for row, s, k, g in zip(sc, mine, m.kind(r).argmax(1), m.weight(r).argmax(1)):
                    # Tokens of one word count together: mentions of one name.
                    by = {}
                    for t in (row[:-1] > 0.01).nonzero().flatten().tolist():
                        by.setdefault(words[t], [0.0, t])
                        by[words[t]][0] += float(row[t])
                    top = max(by.values(), default=[0, None])
                    good = s[4]
                    n["asked"] += 1
                    n["named"] += (top[1] in good) if top[0] > float(row[-1]) else not good
                    n["kind"] += int(k) == s[2]
                    n["weight"] += int(g) + 1 == s[3]
    d = lambda a, b: round(n[a] / max(1, n[b]), 3)
    return {"right": d("right", "told"), "found": d("found", "gold"), "eager_found": d("eager", "gold"), "eager_told": d("eager_told", "gold"),
            "named": d("named", "asked"), "kind": d("kind", "asked"), "weight": d("weight", "asked"), "told": n["told"], "gold": n["gold"]}


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("stage", choices=["attributions", "stories", "folds"])
    a.add_argument("--passages", required=True)
    a.add_argument("--data", default="../shared/data")
    a.add_argument("--labels", help="a folder of more stories, labelled in the same way")
    a.add_argument("--vocabulary", required=True)
    a.add_argument("--start", required=True)
    a.add_argument("--output", required=True)
    a.add_argument("--rounds", type=float, default=3)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--frozen", type=int, default=0)
    a.add_argument("--fold", type=int, nargs="*")
    a.add_argument("--threads", type=int, default=2)
    o = a.parse_args()
    torch.set_num_threads(o.threads)
    vocab = vocabulary(o.vocabulary)
    say = lambda s: print(time.strftime("%H:%M:%S"), s, flush=True)
    m = model.Model(len(json.load(open(o.vocabulary))))
    fresh = lambda: m.encoder.load_e5(o.start) if o.start.endswith(".npz") else m.load_state_dict(torch.load(o.start), strict=False)
    fresh()
    w = windows_of(polnear(o.passages, o.data, vocab, "polnear-train"))
    say(f"{len(w)} windows of attributions, {sum(len(x.ids) for x in w)} pieces")
    if o.stage == "attributions":
        run(m, [(w, 1.0, 8)], round(len(w) / 8 * o.rounds), o.rate, 1e-3, 0, 1, say, save=o.output)
        sys.exit()
    gold = stories(o.passages, f"{o.data}/gold2", vocab)
    more = stories(o.passages, o.labels, vocab) if o.labels else {}
    mw = windows_of([d for ds in more.values() for d in ds])
    say(f"{len(more)} more stories, {len(mw)} windows, {sum(len(d.statements) for ds in more.values() for d in ds)} statements; {len(gold)} stories to fold")
    if o.stage == "stories":
        run(m, [(mw, 0.7, 8), (w, 0.3, 8)], round(len(mw) / 8 * o.rounds / 0.7), o.rate, 1e-3, o.frozen, 2, say, save=o.output)
        say(str(measured(m, [d for ds in list(gold.values())[::6] for d in ds])))
        sys.exit()
    names = sorted(gold)
    for fold in o.fold if o.fold is not None else range(7):
        path = f"{o.output}.{'all' if fold == 6 else fold}.pt"
        if os.path.exists(path):
            continue
        fresh()
        own = windows_of([d for i, n in enumerate(names) if i % 6 != fold for d in gold[n]])
        sets = [(own, 0.6, 8), (w, 0.15, 8)] + ([(mw, 0.25, 8)] if mw else [])
        run(m, sets, round(len(own) / 8 * o.rounds / 0.6), o.rate, o.rate * 2, o.frozen, 3, say)
        held = [d for i, n in enumerate(names) if i % 6 == fold for d in gold[n]]
        if held:
            say(f"fold {fold} {measured(m, held)}")
        torch.save(m.state_dict(), path)
