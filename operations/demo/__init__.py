"""Parts of the demonstration: its settings, its processes, the emulated phones."""
