"""Unit 03's explorables: the graph, the gradient by layer, the optimisers' race."""
