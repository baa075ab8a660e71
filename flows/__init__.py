"""The pipeline, installed as `iraqtalks.flows`."""
