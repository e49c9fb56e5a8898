package readiness.oracle.thrift;

import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TBase;
import org.apache.thrift.TBaseHelper;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler puts into every struct besides its fields, and how they are read and written.
 */
public abstract class Struct<S extends Struct<S>> implements TBase<S, Field> {
  private static final long serialVersionUID = 1L;

  Struct() {}

  /** The fields in the order of the IDL. */
  abstract List<Field> fields();

  /** A new one, with nothing set. */
  abstract S create();

  /** A field's value, which nobody changes, or null if it is not set. */
  @Override
  public abstract @Nullable Object getFieldValue(Field field);

  @Override
  public abstract void setFieldValue(Field field, @Nullable Object value);

  @Override
  public final Field fieldForId(int id) {
    for (Field field : fields()) {
      if (field.getThriftFieldId() == id) {
        return field;
      }
    }
    throw new IllegalArgumentException("no field has the number " + id);
  }

  @Override
  public final boolean isSet(Field field) {
    return getFieldValue(field) != null;
  }

  @Override
  public final S deepCopy() {
    S copy = create();
    for (Field field : fields()) {
      copy.setFieldValue(field, getFieldValue(field));
    }
    return copy;
  }

  @Override
  public final void clear() {
    for (Field field : fields()) {
      setFieldValue(field, null);
    }
  }

  @Override
  public final int compareTo(S other) {
    for (Field field : fields()) {
      Object mine = getFieldValue(field);
      Object others = other.getFieldValue(field);
      int order =
          mine == null || others == null
              ? Boolean.compare(mine != null, others != null)
              : TBaseHelper.compareTo(mine, others);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Struct<?> struct
        && struct.getClass() == getClass()
        && values().equals(struct.values());
  }

  @Override
  public final int hashCode() {
    return values().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + values();
  }

  private List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    for (Field field : fields()) {
      values.add(getFieldValue(field));
    }
    return values;
  }
}
