/** The commands: what can be asked for, and what is done about it. */
@NullMarked
package readiness.ready.command;

import org.jspecify.annotations.NullMarked;
