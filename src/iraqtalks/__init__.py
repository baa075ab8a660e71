"""IraqTalks."""
