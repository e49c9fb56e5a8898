/**
 * What is shown of a check, a trace or the way to go on: to readers as text, to programs as JSON.
 */
@NullMarked
package readiness.ready.view;

import org.jspecify.annotations.NullMarked;
