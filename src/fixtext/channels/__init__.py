"""Floor 2: what can happen to a text, forwards and backwards."""

from fixtext.channels.channel import Channel, Step, register_step
from fixtext.channels.codec_steps import Decode, Encode

__all__ = ["Channel", "Decode", "Encode", "Step", "register_step"]
