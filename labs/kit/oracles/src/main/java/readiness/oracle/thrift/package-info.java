/**
 * What the Thrift compiler makes of {@code social.thrift}, written by hand on libthrift's protocols
 * (docs/decisions/0015-oracles.adoc says why). Reading and writing are as the compiler has them,
 * call by call, since measurements are made against them.
 */
@NullMarked
package readiness.oracle.thrift;

import org.jspecify.annotations.NullMarked;
