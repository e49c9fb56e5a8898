package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is JSON and what is not, line by line, each line under the rule of RFC 8259 that it is
 * about.
 *
 * <pre>
 *   # 6: no zero leads      the section, and what it says
 *   y 10                    JSON
 *   n 0▸1                   none; ▸ stands before the first byte that is wrong
 * </pre>
 *
 * <p>{@code ‹c0 af›} are bytes in hexadecimal.
 */
final class JsonVectors {
  /**
   * One of them.
   *
   * @param rule the section, and what it says
   * @param line as it stands below
   * @param bytes of the text
   * @param wrongAt the first byte that is wrong; −1 if none is
   */
  record Vector(String rule, String line, byte[] bytes, int wrongAt) {
    boolean isJson() {
      return wrongAt < 0;
    }
  }

  private static final String GRAMMAR =
      """
      # 2: a text is one value, of any kind
      y {}
      y []
      y ""
      y "text"
      y 0
      y -1
      y 0.5
      y true
      y false
      y null
      n ▸
      n ‹20 0a›▸
      n ▸x
      n 1 ▸2
      n {} ▸{}
      n [] ▸[]
      n null ▸null
      n ""▸""
      n true▸,
      n ▸,
      n ▸:
      n []▸]
      n {}▸}
      n ▸]
      n ▸}
      n {}▸,
      n 1▸;
      n 1▸‹00›
      n ▸‹00›1
      n ▸// 1
      n ▸/* 1 */ 1
      n 1 ▸// one
      n 1 ▸/* one */
      n [1 ▸/* one */]
      n ▸# 1
      n ▸(1)
      # 2: white space is space, tab, line feed, carriage return, around any token
      y ‹20›1
      y 1‹20›
      y ‹09›1‹09›
      y ‹0a›1‹0a›
      y ‹0d 0a›1‹0d 0a›
      y ‹20 20 20 20 20 20 20 20 20›[]‹20 20 20 20 20 20 20 20 20›
      y [‹20›]
      y {‹0a›}
      y [‹20›1‹20›,‹09›2‹0d›]
      y {‹20›"a"‹20›:‹20›1‹20›,‹0a›"b"‹09›:‹0d›2‹20›}
      n ▸‹0b›1
      n ▸‹0c›1
      n ▸‹08›1
      n ▸‹00›
      n 1▸‹0b›
      n 1▸‹0c›
      n [▸‹0c›]
      n [1▸‹0b›]
      n ▸‹c2 a0›1
      n 1▸‹c2 a0›
      n ▸‹e2 80 83›1
      n [▸‹e2 80 a8›1]
      n [1▸‹c2 85›]
      n ▸‹1a›
      n 1▸‹7f›
      # 3: the literals are true, false and null, in lower case
      y [true,false,null]
      n ▸True
      n t▸RUE
      n ▸TRUE
      n ▸False
      n ▸NULL
      n ▸Null
      n t▸
      n tr▸
      n tru▸
      n fals▸
      n nul▸
      n n▸il
      n tru▸th
      n true▸r
      n null▸x
      n false▸0
      n [tru▸E]
      n ▸undefined
      n ▸NaN
      n ▸Infinity
      n -▸Infinity
      n ▸yes
      n ▸None
      n n▸one
      n [true▸false]
      n [nul▸]
      n [t▸ rue]
      # 3: a value begins with one of { [ " - 0…9 t f n
      n ▸'a'
      n ▸`a`
      n ▸a
      n [▸a]
      n [▸@]
      n ▸<a>
      n ▸‹ff›
      n ▸‹80›
      n ▸é
      n ▸\\u0031
      n [▸\\n]
      n ▸“a”
      n ▸\\"a"
      """;

  private static final String STRUCTURES =
      """
      # 4: an object has members, with a comma between them
      y {"a":1}
      y {"a":1,"b":2}
      y {"a":{"b":{"c":{}}}}
      y {"a":[],"b":{},"c":""}
      n {▸
      n {"a":1▸
      n {"a":1▸]
      n {"a":1 ▸"b":2}
      n {"a":1,▸}
      n {"a":1,▸,"b":2}
      n {▸,}
      n {▸,"a":1}
      n {"a":1▸;"b":2}
      n {"a":1}▸,
      n {"a":1,▸
      n {"a":1▸:2}
      n {▸]
      n {"a":{▸]}
      n {"a":{}▸
      # 4: a member is a name, a colon and a value
      y {"a" : 1}
      y {"":0}
      y {"a b":0}
      y {"\\u0061":0}
      y {"\\"":0}
      y {"é":0}
      y {"1":0}
      n {"a"▸}
      n {"a":▸}
      n {"a"▸
      n {"a":▸
      n {"a" ▸1}
      n {"a"▸,1}
      n {"a":▸:1}
      n {"a":▸,"b":1}
      n {"a"▸=1}
      n {"a"▸=>1}
      n {▸:1}
      n {"a":1 ▸2}
      n {"a":1,"b"▸}
      n {"a":1,"b":▸}
      # 4: a name is a string
      n {▸a:1}
      n {▸1:1}
      n {▸'a':1}
      n {▸null:1}
      n {▸true:1}
      n {▸[]:1}
      n {▸{}:1}
      n {"a":1,▸b:2}
      n {"a":1,▸2:2}
      n {"a▸
      # 4: the same name twice is JSON; what it means is not said
      y {"a":1,"a":1}
      y {"a":1,"a":2,"a":3}
      y {"a":1,"\\u0061":2}
      y {"":1,"":2}
      # 5: an array has values, with a comma between them
      y [1]
      y [1,2]
      y [1,"a",true,null,{},[]]
      y [[],[[]],[[],[]]]
      y [{},{}]
      n [▸
      n [1▸
      n [1▸}
      n [1 ▸2]
      n [1,▸]
      n [1,▸,2]
      n [▸,]
      n [▸,1]
      n [1,▸
      n [1▸;2]
      n [1▸:2]
      n ["a"▸:1]
      n [▸}
      n [[▸}]
      n [[]▸
      n [1]▸]
      n [[1]▸
      n [""▸""]
      n [[]▸[]]
      n [{}▸{}]
      n [1,2▸{}]
      n [▸...]
      n [1,▸...]
      """;

  private static final String NUMBERS =
      """
      # 6: an integer is 0, or begins with another digit
      y 7
      y 10
      y 1234567890
      y [0,10,100]
      y 18446744073709551616
      y 123456789012345678901234567890
      n 0▸0
      n 0▸1
      n 0▸9.5
      n -0▸1
      n -0▸0
      n [0▸1]
      n [0▸x1f]
      n 0▸b1
      n 0▸o7
      n 1▸_000
      n 1 ▸000
      n [1,0▸00]
      n [0▸00]
      # 6: a minus may stand before it, and nothing else
      y -0
      y -10
      y [-0,-0.0,-0e0]
      n ▸+1
      n ▸+0
      n [▸+1]
      n -▸
      n -▸-1
      n -▸+1
      n -▸a
      n [-▸]
      n -▸ 1
      n -▸‹20›
      n -▸.5
      n 1▸-
      n 1▸-1
      n ▸‹e2 88 92›1
      n ▸±1
      # 6: behind a decimal point there is a digit, and before it too
      y 0.0
      y 0.10
      y 10.01
      y -1.5
      y 0.00000000000000000000000001
      n 1.▸
      n 0.▸
      n -1.▸
      n [1.▸]
      n [1.▸,2]
      n 1.▸e1
      n 1.▸.5
      n 1.5▸.5
      n ▸.5
      n [▸.5]
      n ▸.
      n 1.▸-5
      n 1.▸+5
      n 1.▸ 5
      n 1 ▸.5
      n 1▸,5
      n 1.▸x
      # 6: behind an e or E there is a digit, or a sign and a digit
      y 1e1
      y 1E1
      y 1e+1
      y 1e-1
      y 1E+10
      y 0e0
      y 1.5e3
      y 1e007
      y 1e-00
      n 1e▸
      n 1E▸
      n 1e+▸
      n 1e-▸
      n [1e▸]
      n [1e+▸]
      n 1e▸e1
      n 1e1▸e1
      n 1e▸.5
      n 1e1▸.5
      n 1e+▸-1
      n 1e-▸-1
      n 1e▸ 1
      n 1 ▸e1
      n 1e▸x
      n ▸e1
      n -▸e1
      n 1.5▸f
      n 1▸d
      n 1▸L
      # 6: no infinity, no NaN
      n ▸Inf
      n -▸Inf
      n -▸NaN
      n [▸NaN]
      # 6: the digits are those of ASCII
      n ▸‹d9 a1›
      n ▸‹ef bc 91›
      n 1▸‹ef bc 91›
      n 1▸‹c2 b2›
      n 1.▸‹ef bc 91›
      # 9, a choice of ours: a number of any size is read
      y 1e400
      y -1e400
      y 1e-400
      y 1e999999999999
      y 1e-999999999999
      y 0e99999999999999999999
      y 9223372036854775808
      """;

  private static final String STRINGS =
      """
      # 7: a string begins and ends with a quotation mark
      y "a"
      y "'"
      y "exactly8"
      y "seven b"
      y "nine byte"
      y "a text of more than sixteen bytes"
      n "▸
      n "a▸
      n "seven b▸
      n "eight by▸
      n "nine byte▸
      n "a"▸b"
      n ▸'a"
      n ["a▸
      n ["a]▸
      n ["a',"▸b
      n "a\\"▸
      n "\\\\\\"▸
      # 7: a quotation mark and a backslash have to be escaped
      y "\\""
      y "\\\\"
      y "\\\\\\""
      y "a\\"b\\"c"
      y "\\\\\\\\"
      n "\\▸
      n ""▸"
      n "\\\\\\▸
      n "\\\\"▸"
      # 7: control characters below U+0020 have to be escaped
      n "▸‹00›"
      n "▸‹01›"
      n "▸‹08›"
      n "▸‹09›"
      n "▸‹0a›"
      n "▸‹0d›"
      n "▸‹1b›"
      n "▸‹1f›"
      n "abcdefg▸‹1f›"
      n "abcdefgh▸‹00›"
      n "é▸‹0a›"
      n "\\n▸‹0a›"
      n {"▸‹00›":1}
      n {"a▸‹0a›":1}
      # 7: anything else may stand as it is
      y " !#/[]{}:,"
      y "/"
      y "</script>"
      y "‹7f›"
      y "‹c2 80›"
      y "‹c2 85›"
      y "‹e2 80 a8›‹e2 80 a9›"
      y "‹ef bb bf›"
      y "‹ef bf bd›"
      y "‹ef bf be›‹ef bf bf›"
      y "‹f4 8f bf bf›"
      y "é€😀"
      y "12345é78"
      y "Zoë, 東京, Ωμέγα"
      # 7: eight escapes of two characters
      y "\\"\\\\\\/\\b\\f\\n\\r\\t"
      y "\\/"
      y "a\\/b"
      n "\\▸a"
      n "\\▸ "
      n "\\▸‹0a›"
      n "\\▸‹00›"
      n "\\▸v"
      n "\\▸e"
      n "\\▸0"
      n "\\▸x41"
      n "\\▸'"
      n "\\▸N"
      n "\\▸B"
      n "\\▸U0041"
      n "\\▸?"
      n "\\▸é"
      n "\\▸😀"
      n {"\\▸x":1}
      # 7: \\u and four hexadecimal digits, in either case
      y "\\u0000"
      y "\\u0041"
      y "\\u00e9"
      y "\\u00E9"
      y "\\uaBcD"
      y "\\uffff"
      y "\\ufffe"
      y "\\u007f"
      y "\\u0022"
      y "\\u005c"
      y "\\u00410"
      y "a\\u0041b\\u0042c"
      n "\\u▸"
      n "\\u0▸"
      n "\\u00▸"
      n "\\u004▸"
      n "\\u▸ 041"
      n "\\u004▸g"
      n "\\u▸G000"
      n "\\u▸-041"
      n "\\u▸+041"
      n "\\u00▸\\n"
      n "\\u▸{41}"
      n "\\u0▸x41"
      n "\\u004▸é"
      n "\\u00▸‹ef bc 91›1"
      # 7: a character beyond U+FFFF is two such escapes, the high surrogate first
      y "\\ud83d\\ude00"
      y "\\uD83D\\uDE00"
      y "\\ud800\\udc00"
      y "\\udbff\\udfff"
      y "a\\ud83d\\ude00b\\ud83d\\ude01"
      y "é\\ud83d\\ude00"
      # 8.2, a choice of ours: half a surrogate pair is refused
      n "▸\\ud800"
      n "▸\\udbff"
      n "▸\\udc00"
      n "▸\\udfff"
      n "a▸\\ud83d"
      n "▸\\ud83dx"
      n "▸\\ud83d\\n"
      n "▸\\ud83d\\u0041"
      n "▸\\ud83d\\ud83d\\ude00"
      n "▸\\ude00\\ud83d"
      n "\\ud83d\\ude00▸\\ude00"
      n "▸\\ud83d😀"
      n "▸\\ud83d\\\\ude00"
      n {"▸\\ud800":1}
      # 8.1: the text is UTF-8 (RFC 3629), whatever stands in it
      n "▸‹80›"
      n "▸‹bf›"
      n "▸‹ff›"
      n "▸‹fe›"
      n "a▸‹e9›b"
      n "▸‹c3›"
      n "▸‹e2 82›"
      n "▸‹f0 9f 98›"
      n "▸‹c3 28›"
      n "▸‹e2 28 a1›"
      n "▸‹f0 28 8c bc›"
      n "é▸‹e9›"
      n "é\\n▸‹e9›"
      n {"▸‹e9›":1}
      # 8.1: no longer form than needed is UTF-8
      n "▸‹c0 80›"
      n "▸‹c0 af›"
      n "▸‹c1 bf›"
      n "▸‹e0 80 af›"
      n "▸‹e0 9f bf›"
      n "▸‹f0 80 80 af›"
      n "▸‹f0 8f bf bf›"
      n "▸‹f8 88 80 80 80›"
      n "▸‹fc 84 80 80 80 80›"
      n "▸‹c0 a2›"
      # 8.1: surrogates are no UTF-8, and nothing is beyond U+10FFFF
      n "▸‹ed a0 80›"
      n "▸‹ed bf bf›"
      n "▸‹ed a0 bd ed b8 80›"
      n "▸‹f4 90 80 80›"
      n "▸‹f5 80 80 80›"
      # 8.1, a choice of ours: a byte order mark is refused
      n ▸‹ef bb bf›{}
      n ▸‹ef bb bf›
      n ▸‹ef bb›{}
      n {}▸‹ef bb bf›
      # 8.1: UTF-16 and UTF-32 are not JSON
      n ▸‹fe ff 00 31›
      n ▸‹ff fe 31 00›
      n ▸‹00 31›
      n ▸‹00 00 00 31›
      n [▸‹00›]‹00›
      """;

  private JsonVectors() {}

  /** All of them. */
  static List<Vector> all() {
    List<Vector> all = new ArrayList<>();
    for (String block : List.of(GRAMMAR, STRUCTURES, NUMBERS, STRINGS)) {
      String rule = "";
      for (String line : block.split("\n")) {
        String text = line.substring(2);
        switch (line.charAt(0)) {
          case '#' -> rule = text;
          case 'y' -> all.add(new Vector(rule, text, bytes(text), -1));
          case 'n' -> {
            int wrong = text.indexOf('▸');
            byte[] good = bytes(text.substring(0, wrong));
            all.add(new Vector(rule, text, bytes(text.replace("▸", "")), good.length));
          }
          default -> throw new AssertionError(line);
        }
      }
    }
    return all;
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    for (int open = text.indexOf('‹'); open >= 0; open = text.indexOf('‹', at)) {
      int close = text.indexOf('›', open);
      bytes.writeBytes(text.substring(at, open).getBytes(UTF_8));
      bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(text.substring(open + 1, close)));
      at = close + 1;
    }
    bytes.writeBytes(text.substring(at).getBytes(UTF_8));
    return bytes.toByteArray();
  }
}
