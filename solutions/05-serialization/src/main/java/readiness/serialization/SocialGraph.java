package readiness.serialization;

import java.util.List;

/**
 * Who follows whom: what the service can do that {@code social.thrift} declares.
 *
 * <pre>
 *   exception Refused { 1: string reason }
 *
 *   service SocialGraph {
 *     bool follow(1: string follower, 2: string followee) throws (1: Refused refused)
 *     bool unfollow(1: string follower, 2: string followee) throws (1: Refused refused)
 *     bool isFollowing(1: string follower, 2: string followee) throws (1: Refused refused)
 *     list&lt;string&gt; getFollowers(1: string followee, 2: string after, 3: i32 limit)
 *         throws (1: Refused refused)
 *   }
 * </pre>
 *
 * <p>The numbers are those of fields: the arguments of a method are a struct, and so is what comes
 * of it, whose field 0 is the value and whose other fields are the exceptions.
 */
public interface SocialGraph {
  /** An exception that the IDL declares: something that may not be done, and why. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in words
     */
    public Refused(String reason) {
      super(reason);
    }

    /** Why, in words. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Returns whether it was not so before. */
  boolean follow(String follower, String followee) throws Exception;

  /** Returns whether it was so before. */
  boolean unfollow(String follower, String followee) throws Exception;

  /** Returns whether it is so. */
  boolean isFollowing(String follower, String followee) throws Exception;

  /**
   * Returns some of those who follow somebody, in the order of their names' bytes.
   *
   * @param after those behind this name; all, if it is empty
   * @param limit at most so many
   */
  List<String> getFollowers(String followee, String after, int limit) throws Exception;
}
