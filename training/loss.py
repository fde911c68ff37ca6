"""How far the network is from what the rows say."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.encoding import NO_SENTENCE, Sample
from training.network import Scores
from training.rows import Entails

_FAR = -1e9
_OF_PASSAGE = 0.5  # of its passage's log odds count for a sentence, about as in the service
_PAD = 32  # lengths are rounded up to it, so that memory is used again


def tensors(batch: Sequence[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    """Word pieces, their types, and 1 where there is one; each (samples, pieces)."""
    longest = -(-max(len(each.ids) for each in batch) // _PAD) * _PAD
    ids, types, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for row, each in enumerate(batch):
        length = len(each.ids)
        ids[row, :length] = torch.tensor(each.ids)
        types[row, :length] = torch.tensor(each.types)
        mask[row, :length] = 1
    return ids, types, mask


def loss_of(batch: Sequence[Sample], scores: Scores) -> Tensor:
    """Of a batch of questions or of one of statements."""
    if batch[0].label is not None:
        return _of_statements(batch, scores.entails)
    answered = torch.tensor([float(bool(each.gold)) for each in batch])
    answers = functional.binary_cross_entropy_with_logits(scores.answers, answered)
    alone = answers + _of_sentences(batch, scores.pieces[..., 2]) + 0.5 * _of_spans(batch, scores.pieces)
    return alone + _across(batch, scores) if batch[0].number else alone


def _of_statements(batch: Sequence[Sample], entails: Tensor) -> Tensor:
    """Cross-entropy; of what is only known not to be borne out, over the two others together."""
    chances = torch.log_softmax(entails, -1)
    right = [
        torch.logsumexp(row[1:], -1) if sample.label is Entails.NOT else row[sample.label.value]
        for row, sample in zip(chances, batch, strict=True)
        if sample.label is not None
    ]
    return -torch.stack(right).mean()


def _of_sentences(batch: Sequence[Sample], evidence: Tensor) -> Tensor:
    """Each sentence's mean over its word pieces, once by itself, so that it can be read as a chance, and once
    against those of the passage that don't answer and none (the first piece), so that it is found."""
    single, ranked = [], []
    for row, sample in enumerate(batch):
        means = sentence_means(evidence[row, : len(sample.ids)], sample.sentence)
        gold = torch.tensor([float(place in sample.gold) for place in means])
        logits = torch.stack(list(means.values()))
        single.append(functional.binary_cross_entropy_with_logits(logits, gold))
        right = torch.cat([torch.tensor([not sample.gold]), gold.bool()])
        ranked.append(_each_ahead(torch.cat([evidence[row, :1], logits]), right))
    return torch.stack(single).mean() + 0.5 * torch.stack(ranked).mean()


def _across(batch: Sequence[Sample], scores: Scores) -> Tensor:
    """Of each question, the sentences of all its passages that answer against those that don't and against
    none, whose log odds are 0: those of a corpus are to be found, not only those of a passage."""
    found = []
    for number in sorted({sample.number for sample in batch}):
        logits, gold = [torch.zeros(1)], [False]
        for row, sample in enumerate(batch):
            if sample.number == number:
                means = sentence_means(scores.pieces[row, : len(sample.ids), 2], sample.sentence)
                logits.append(torch.stack(list(means.values())) + _OF_PASSAGE * scores.answers[row])
                gold += [place in sample.gold for place in means]
        right = torch.tensor(gold)
        right[0] = not right.any()
        found.append(_each_ahead(torch.cat(logits), right))
    return torch.stack(found).mean()


def _each_ahead(logits: Tensor, right: Tensor) -> Tensor:
    """The cross-entropy of each that is right against all that are wrong: where several sentences answer,
    each is to be found, not only the best."""
    return functional.softplus(torch.logsumexp(logits[~right], -1) - logits[right]).mean()


def sentence_means(evidence: Tensor, sentence: Sequence[int]) -> dict[int, Tensor]:
    """By the place of the sentence; one that no word piece is in has none."""
    places = torch.tensor(sentence)
    found = sorted(set(sentence) - {NO_SENTENCE})
    return {place: evidence[places == place].mean() for place in found}


def _of_spans(batch: Sequence[Sample], pieces: Tensor) -> Tensor:
    """Where an answer starts and ends; the first piece stands for none. Any that is marked is right."""
    found = []
    for row, sample in enumerate(batch):
        if sample.gold and not sample.starts:
            continue
        outside = torch.tensor([place == NO_SENTENCE for place in sample.sentence])
        outside[0] = False
        for column, marked in ((0, sample.starts), (1, sample.ends)):
            logits = pieces[row, : len(sample.ids), column].masked_fill(outside, _FAR)
            right = torch.tensor(sorted(marked) if sample.gold else [0])
            found.append(-torch.logsumexp(torch.log_softmax(logits, -1)[right], -1))
    return torch.stack(found).mean() if found else pieces.sum() * 0.0
