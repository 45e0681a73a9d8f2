"""The network of actors named together: from the index to positions, and from these to a drawing in SVG."""

from generator.render.network.graph import Network, build_network

__all__ = ["Network", "build_network"]
