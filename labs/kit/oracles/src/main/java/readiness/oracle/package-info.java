/**
 * What others make of chapter 5's data: protoc's classes of {@code person.proto}, and Thrift's of
 * {@code social.thrift}. Tests hold a reader's bytes against theirs.
 */
@NullMarked
package readiness.oracle;

import org.jspecify.annotations.NullMarked;
