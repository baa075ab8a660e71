"""The language facts of French: `*.yml`, read by `iraqtalks.language.load`."""
