package readiness.oracle.thrift;

import java.util.List;
import java.util.Map;
import org.apache.thrift.ProcessFunction;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TBaseProcessor;
import org.apache.thrift.TException;
import org.apache.thrift.TServiceClient;
import org.apache.thrift.protocol.TProtocol;

/** The service SocialGraph as the Thrift compiler has it: what to implement, a client, a server. */
public final class SocialGraph {
  private SocialGraph() {}

  /** What the service can do. */
  public interface Iface {
    /** Returns whether it was not so before. */
    boolean follow(String follower, String followee) throws Refused, TException;

    /** Returns whether it was so before. */
    boolean unfollow(String follower, String followee) throws Refused, TException;

    boolean isFollowing(String follower, String followee) throws TException;

    /** Up to {@code limit} of them, in order, those behind {@code after}. */
    List<String> getFollowers(String followee, String after, int limit) throws Refused, TException;
  }

  /** Calls it, through whatever transport the protocol has. For one thread. */
  public static final class Client extends TServiceClient implements Iface {
    public Client(TProtocol protocol) {
      super(protocol);
    }

    public Client(TProtocol in, TProtocol out) {
      super(in, out);
    }

    @Override
    public boolean follow(String follower, String followee) throws TException {
      return edge("follow", follower, followee);
    }

    @Override
    public boolean unfollow(String follower, String followee) throws TException {
      return edge("unfollow", follower, followee);
    }

    @Override
    public boolean isFollowing(String follower, String followee) throws TException {
      return edge("isFollowing", follower, followee);
    }

    @Override
    public List<String> getFollowers(String followee, String after, int limit) throws TException {
      sendBase("getFollowers", new FollowersArgs(followee, after, limit));
      FollowersResult result = new FollowersResult();
      receiveBase(result, "getFollowers");
      if (result.success != null) {
        return result.success;
      }
      if (result.refused != null) {
        throw result.refused;
      }
      throw missing("getFollowers");
    }

    private boolean edge(String method, String follower, String followee) throws TException {
      sendBase(method, new EdgeArgs(follower, followee));
      EdgeResult result = new EdgeResult();
      receiveBase(result, method);
      if (result.success != null) {
        return result.success;
      }
      if (result.refused != null) {
        throw result.refused;
      }
      throw missing(method);
    }

    private static TApplicationException missing(String method) {
      return new TApplicationException(
          TApplicationException.MISSING_RESULT, method + " failed: unknown result");
    }
  }

  /** Reads calls, has them done, and writes what came of them. */
  public static final class Processor extends TBaseProcessor<Iface> {
    public Processor(Iface service) {
      super(
          service,
          Map.of(
              "follow", new Edge("follow", Iface::follow),
              "unfollow", new Edge("unfollow", Iface::unfollow),
              "isFollowing", new Edge("isFollowing", Iface::isFollowing),
              "getFollowers", new Followers()));
    }
  }

  /** One of the three methods that take a follower and a followee. */
  @FunctionalInterface
  private interface EdgeMethod {
    boolean call(Iface service, String follower, String followee) throws TException;
  }

  private static final class Edge extends ProcessFunction<Iface, EdgeArgs, EdgeResult> {
    private final EdgeMethod method;

    Edge(String name, EdgeMethod method) {
      super(name);
      this.method = method;
    }

    @Override
    public boolean isOneway() {
      return false;
    }

    @Override
    public EdgeArgs getEmptyArgsInstance() {
      return new EdgeArgs("", "");
    }

    @Override
    public EdgeResult getEmptyResultInstance() {
      return new EdgeResult();
    }

    @Override
    public EdgeResult getResult(Iface service, EdgeArgs args) throws TException {
      try {
        return new EdgeResult(method.call(service, args.follower, args.followee), null);
      } catch (Refused e) {
        return new EdgeResult(null, e);
      }
    }
  }

  private static final class Followers
      extends ProcessFunction<Iface, FollowersArgs, FollowersResult> {
    Followers() {
      super("getFollowers");
    }

    @Override
    public boolean isOneway() {
      return false;
    }

    @Override
    public FollowersArgs getEmptyArgsInstance() {
      return new FollowersArgs("", "", 0);
    }

    @Override
    public FollowersResult getEmptyResultInstance() {
      return new FollowersResult();
    }

    @Override
    public FollowersResult getResult(Iface service, FollowersArgs args) throws TException {
      try {
        return new FollowersResult(
            service.getFollowers(args.followee, args.after, args.limit), null);
      } catch (Refused e) {
        return new FollowersResult(null, e);
      }
    }
  }
}
