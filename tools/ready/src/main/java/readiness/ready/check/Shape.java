package readiness.ready.check;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.reflect.AccessFlag;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the compiler can see of a source's classes when it compiles another source: names, types and
 * flags of what is not private, values of constants, what is sealed, a record, an annotation.
 * Method bodies are no part of it, nor are private members and classes within methods. As long as
 * it stays the same, whatever was compiled against the classes would come out the same again.
 *
 * <p>A change that it notices in vain costs time; one that it missed would cost the truth. So what
 * is not known to be invisible counts as visible: even the order of the members.
 */
final class Shape {
  /** With a new pool, since the old one holds the constants of the bodies too. */
  private static final ClassFile FILES =
      ClassFile.of(
          ClassFile.ConstantPoolSharingOption.NEW_POOL, ClassFile.DebugElementsOption.DROP_DEBUG);

  private static final MethodTransform WITHOUT_BODY =
      MethodTransform.dropping(element -> element instanceof CodeModel);

  private Shape() {}

  /** The shape: equal to another if, and only if, the classes look the same. */
  static Map<String, ByteBuffer> of(Map<String, byte[]> classes) {
    Map<String, ByteBuffer> shape = new TreeMap<>();
    classes.forEach((name, bytes) -> {
      ClassModel type = FILES.parse(bytes);
      if (type.elementStream().noneMatch(EnclosingMethodAttribute.class::isInstance)) {
        byte[] seen = FILES.transformClass(type, (to, each) -> keepVisible(type, to, each));
        shape.put(name, ByteBuffer.wrap(seen));
      }
    });
    return shape;
  }

  private static void keepVisible(ClassModel type, ClassBuilder to, ClassElement element) {
    switch (element) {
      case FieldModel field when field.flags().has(AccessFlag.PRIVATE) -> {}
      case MethodModel method when method.flags().has(AccessFlag.PRIVATE) -> {}
      case MethodModel method when method.methodName().equalsString("<clinit>") -> {}
      case MethodModel method -> to.transformMethod(method, WITHOUT_BODY);
      case InnerClassesAttribute inner -> to.with(InnerClassesAttribute.of(members(type, inner)));
      // It names the classes within methods too.
      case NestMembersAttribute _, SourceFileAttribute _ -> {}
      default -> to.with(element);
    }
  }

  /** The class's own members, and itself; the attribute names each class that a body uses, too. */
  private static List<InnerClassInfo> members(ClassModel type, InnerClassesAttribute inner) {
    return inner.classes().stream()
        .filter(each ->
            each.innerClass().equals(type.thisClass())
                || each.outerClass().filter(type.thisClass()::equals).isPresent())
        .toList();
  }
}
