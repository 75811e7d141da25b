"""Records into the formats that other programs open."""
