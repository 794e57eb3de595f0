"""Floor 2: what can happen to a text, forwards and backwards."""

from fixtext.channels.channel import Channel, Step, register_step

__all__ = ["Channel", "Step", "register_step"]
