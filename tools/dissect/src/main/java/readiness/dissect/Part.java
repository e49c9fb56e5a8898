package readiness.dissect;

/**
 * Some bytes of a message and what they are.
 *
 * @param offset of the first of them, from the beginning of the message
 * @param length how many there are; 0 for what is said by bytes that came before
 * @param level how deep it is nested, from 0
 * @param kind what they are for
 * @param text what they say
 */
public record Part(int offset, int length, int level, Kind kind, String text) {
  /** What bytes are for. */
  public enum Kind {
    /** To say which field comes, or which name, and of which type. */
    NAME,

    /** To say how much follows. */
    LENGTH,

    /** To say what is meant: a number, a text, bytes. */
    VALUE,

    /**
     * To tell the parts from each other: the end of a struct, a brace, the version of a message.
     */
    FRAME,

    /** To keep two of the others apart: a comma, white space. */
    SPACE,

    /** Nothing; the text says how the following parts are read. */
    READING,

    /** Nothing any more: here the bytes end being valid, and the text says why. */
    WRONG
  }

  /** Where it ends. */
  public int end() {
    return offset + length;
  }
}
