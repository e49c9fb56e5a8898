package readiness.bench.serialization;

/**
 * What one side takes for one message, in one round.
 *
 * @param nanos processor time for a message
 * @param allocated bytes of heap for a message
 */
record Cost(double nanos, double allocated) {}
