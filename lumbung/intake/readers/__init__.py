"""Files as offices send them become text rows: which kind a file is, where its table lies, each physical row told."""
