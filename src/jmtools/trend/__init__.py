"""How often something comes up over time."""
