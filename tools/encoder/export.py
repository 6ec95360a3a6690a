"""Writes the weights as the program reads them: `encoder.onnx` and `heads.bin`.

`encoder.onnx` takes the numbers of the pieces and of their places and gives a vector for each piece. Matrices are kept in
8 bits with a scale for each output, word vectors with a scale for each piece; they are multiplied in full precision.
`heads.bin` holds the matrices of the heads, as little-endian floats in the order of HEADS."""
import numpy as np, onnx
from onnx import TensorProto, helper, numpy_helper

HEADS = ["cue.weight", "cue.bias", "role_cue.weight", "role_cue.bias", "role_word.weight", "role_word.bias", "role_own.weight", "role_own.bias", "role_far",
         "statement.weight", "statement.bias", "said.weight", "said.bias", "name.weight", "name.bias", "nobody.weight", "nobody.bias",
         "name_own.weight", "name_own.bias", "name_far", "refers.weight", "refers.bias", "source_gain", "kind.weight", "kind.bias", "weight.weight", "weight.bias"]


def rounded(w, axis):
    """A matrix in 8 bits with a scale for each row (axis 0) or column (axis 1)."""
    scale = np.abs(w).max(axis=1 - axis) / 127
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    s = scale[:, None] if axis == 0 else scale[None]
    return np.clip(np.round(w / s), -127, 127).astype(np.int8), scale


def write(state, layers, heads, width, folder):
    nodes, weights = [], []
    array = lambda name, a: (weights.append(numpy_helper.from_array(np.ascontiguousarray(a), name)), name)[1]
    number = lambda key: state["encoder." + key].float().numpy()

    def node(kind, inputs, name, **given):
        nodes.append(helper.make_node(kind, inputs, [name], name=name, **given))
        return name

    def matrix(key):
        """A matrix [in, out] for the given linear layer."""
        q, s = rounded(number(key + ".weight").T, 1)
        return node("DequantizeLinear", [array(key + ".q", q), array(key + ".s", s)], key + ".w", axis=1)

    def linear(x, key):
        y = node("MatMul", [x, matrix(key)], key + ".m")
        return node("Add", [y, array(key + ".b", number(key + ".bias"))], key + ".y")

    def norm(x, key):
        return node("LayerNormalization", [x, array(key + ".g", number(key + ".weight")), array(key + ".c", number(key + ".bias"))], key + ".y", axis=-1, epsilon=1e-12)

    q, s = rounded(number("pieces.weight"), 0)
    x = node("Gather", [array("pieces.q", q), "ids"], "x.q", axis=0)
    x = node("Mul", [node("Cast", [x], "x.f", to=TensorProto.FLOAT), node("Gather", [array("pieces.s", s[:, None]), "ids"], "x.s", axis=0)], "x.word")
    x = node("Add", [x, node("Gather", [array("places", number("places.weight")), "places_of"], "x.place", axis=0)], "x.sum")
    x = norm(x, "norm")
    split = array("split", np.array([1, -1, heads, width // heads], np.int64))
    whole = array("whole", np.array([1, -1, width], np.int64))
    root = array("root", np.array((width // heads) ** -0.5, np.float32))
    half, one, over = (array(n, np.array(v, np.float32)) for n, v in (("half", 0.5), ("one", 1.0), ("over", 2 ** -0.5)))
    for i in range(layers):
        k = f"layers.{i}."
        part = lambda name, perm: node("Transpose", [node("Reshape", [linear(x, k + name), split], k + name + ".r")], k + name + ".t", perm=perm)
        score = node("Mul", [node("MatMul", [part("q", [0, 2, 1, 3]), part("k", [0, 2, 3, 1])], k + "score"), root], k + "scaled")
        y = node("MatMul", [node("Softmax", [score], k + "soft", axis=-1), part("v", [0, 2, 1, 3])], k + "seen")
        y = node("Reshape", [node("Transpose", [y], k + "back", perm=[0, 2, 1, 3]), whole], k + "joined")
        x = norm(node("Add", [x, linear(y, k + "o")], k + "sum1"), k + "norm1")
        up = linear(x, k + "up")
        y = node("Mul", [node("Mul", [up, node("Add", [node("Erf", [node("Mul", [up, over], k + "g1")], k + "g2"), one], k + "g3")], k + "g4"), half], k + "gelu")
        x = norm(node("Add", [x, linear(y, k + "down")], k + "sum2"), k + "norm2")
    ids = [helper.make_tensor_value_info(n, TensorProto.INT32, [1, "pieces"]) for n in ("ids", "places_of")]
    out = [helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "pieces", width])]
    graph = helper.make_graph(nodes, "encoder", ids, out, weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), f"{folder}/encoder.onnx")
    with open(f"{folder}/heads.bin", "wb") as f:
        for key in HEADS:
            f.write(state[key].float().numpy().astype("<f4").tobytes())


if __name__ == "__main__":
    import sys, torch, model
    state = torch.load(sys.argv[1], map_location="cpu")
    write(state, model.LAYERS, model.HEADS, model.WIDTH, sys.argv[2])
