/**
 * The picture of a recording: lanes for connections, marks for calls, spans for waits, as SVG and
 * as a page that holds it.
 */
@NullMarked
package readiness.timeline;

import org.jspecify.annotations.NullMarked;
