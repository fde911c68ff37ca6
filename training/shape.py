"""The network's size and the names of its weights, for those who don't compute with it."""

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
FROZEN = "embeddings.word_embeddings.weight"  # the embedder's own table; a small set would only spoil it
# Of each word piece: start, end, evidence. Of the first: whether it answers; entails, contradicts, neither.
NEW = {"pieces": 3, "answers": 1, "entails": 3}
