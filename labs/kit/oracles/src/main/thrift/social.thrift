// What chapter 5 says in Thrift. The classes of readiness.oracle.thrift are what the Thrift compiler
// makes of it, written by hand on libthrift's protocols: docs/decisions/0015-oracles.adoc says why.
namespace java readiness.oracle.thrift

struct Person {
  1: string name
  2: i32 id
  3: list<string> emails
}

// What somebody may not do, and why.
exception Refused {
  1: string reason
}

// Who follows whom. A person is a name of 1 to 64 bytes.
service SocialGraph {
  // Whether it was not so before.
  bool follow(1: string follower, 2: string followee) throws (1: Refused refused)
  // Whether it was so before.
  bool unfollow(1: string follower, 2: string followee) throws (1: Refused refused)
  bool isFollowing(1: string follower, 2: string followee) throws (1: Refused refused)
  // Up to limit of them, in the order of their names' bytes, those behind after.
  list<string> getFollowers(1: string followee, 2: string after, 3: i32 limit) throws (1: Refused refused)
}
