"""What all explorables share: state, controls, frames, messages, permalinks, widget, page."""
