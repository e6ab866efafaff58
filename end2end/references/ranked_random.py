#!/usr/bin/env python3
"""Makes app/domain/tests/fixtures/ranked/random.json: invented elections, drawn from a seed, with
the winners by the PyPI package pref_voting. The real elections have a candidate who beats every
other; these have circles, short ballots and close stages. An answer is left out where pref_voting
needed a tie broken. Run as ranked.py is.
"""

import contextlib
import io
import json
import random

from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders
from pref_voting.margin_based_methods import beat_path, ranked_pairs
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_meek, stv_scottish

from ranked import OUT

ELECTIONS = 80


class Tied(Exception):
    pass


class NoLots:
    """Stands in for the package's source of chance, to see when it is asked."""

    def choice(self, among):
        raise Tied


def ballots(chance, candidates):
    """{ranking: count}, some ballots short."""
    drawn = {}
    for _ in range(chance.randint(8, 24)):
        length = chance.randint(1, candidates)
        ranking = tuple(chance.sample(range(candidates), length))
        drawn[ranking] = drawn.get(ranking, 0) + chance.randint(1, 60)
    return drawn


def answers(profile, seats):
    found = {}
    try:
        found["stv-scotland"] = stv_scottish(profile, num_seats=seats, rng=NoLots())
    except Tied:
        pass
    meek = stv_meek(profile, num_seats=seats)
    if meek == stv_meek(profile, num_seats=seats, tie_break_key=lambda c: -c):
        found["meek"] = meek
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        irv = instant_runoff_for_truncated_linear_orders(profile, hide_warnings=False)
    if not said.getvalue() and len(irv) == 1:
        found["irv"] = irv
    schulze = beat_path(profile)
    if len(schulze) == 1:
        found["schulze"] = schulze
    pairs = ranked_pairs(profile)
    if len(pairs) == 1:
        found["ranked-pairs"] = pairs
    return {rule: sorted(int(c) + 1 for c in winners) for rule, winners in found.items()}


def election(chance):
    candidates = chance.randint(3, 7)
    seats = chance.randint(1, min(3, candidates - 1))
    drawn = ballots(chance, candidates)
    rankings = [{c: rank for rank, c in enumerate(ranking, 1)} for ranking in drawn]
    profile = ProfileWithTies(
        rankings, rcounts=list(drawn.values()), candidates=list(range(candidates))
    )
    profile.use_extended_strict_preference()
    lines = [f"{candidates} {seats}"]
    for ranking, count in drawn.items():
        lines.append(" ".join(str(n) for n in (count, *(c + 1 for c in ranking), 0)))
    lines.append("0")
    lines += [f'"{name}"' for name in "ABCDEFG"[:candidates]]
    return {
        "blt": "\n".join(lines) + "\n",
        "condorcet_winner": profile.condorcet_winner() is not None,
        "winners": answers(profile, seats),
    }


if __name__ == "__main__":
    chance = random.Random(2011_399)
    made = [election(chance) for _ in range(ELECTIONS)]
    OUT.with_name("random.json").write_text(json.dumps(made, indent=1) + "\n")
