"""Statistics of counts: pure functions, each with its source; plain floats in and out, no packages needed."""
