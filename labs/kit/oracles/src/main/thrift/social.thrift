// What chapter 5 says in Thrift. The classes of readiness.oracle.thrift are what the Thrift compiler
// makes of it, written by hand on libthrift's protocols: docs/decisions/0015-oracles.adoc says why.
namespace java readiness.oracle.thrift

struct Person {
  1: string name
  2: i32 id
  3: list<string> emails
}

exception NoSuchPerson {
  1: i64 id
}

service SocialGraph {
  // Whether it was not so before.
  bool follow(1: i64 follower, 2: i64 followee) throws (1: NoSuchPerson unknown)
  bool unfollow(1: i64 follower, 2: i64 followee) throws (1: NoSuchPerson unknown)
  bool isFollowing(1: i64 follower, 2: i64 followee)
  // Up to limit of them, in order, those with a number above after.
  list<i64> getFollowers(1: i64 followee, 2: i64 after, 3: i32 limit) throws (1: NoSuchPerson unknown)
}
