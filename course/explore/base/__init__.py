"""What all explorables share: state, controls, frames, cards, the notebook, the page."""
