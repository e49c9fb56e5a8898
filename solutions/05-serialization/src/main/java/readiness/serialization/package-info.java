/**
 * What is in memory said in bytes, and read again: Protobuf, JSON, Thrift. Chapter 5 of the
 * workbook builds it.
 */
@NullMarked
package readiness.serialization;

import org.jspecify.annotations.NullMarked;
