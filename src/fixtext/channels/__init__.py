"""Floor 2: what can happen to a text, forwards and backwards."""

from fixtext.channels.channel import Channel, Step, register_step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.gloss_steps import FoldPunctuation, InsertGlosses, ReadPieces, glossed_page
from fixtext.channels.parts import Within

__all__ = [
    "Channel",
    "Decode",
    "Encode",
    "FoldPunctuation",
    "InsertGlosses",
    "ReadPieces",
    "Step",
    "Within",
    "glossed_page",
    "register_step",
]
