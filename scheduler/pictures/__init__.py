"""Pictures: plain values in, SVG out. No Flask, no database, no outside tiles."""
