package readiness.kernel;

/** What the parts of one simulated kernel share. */
record Machine(Timeline time, Dice dice, Network network) {}
