package readiness.bench.epoll;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.Version;
import java.net.InetSocketAddress;

/**
 * The peer, as both of its servers are set up: the epoll transport with one loop, the pooled
 * allocator, TCP_NODELAY; everything else as Netty has it by default.
 */
final class NettyServer {
  private NettyServer() {}

  static String version() {
    return "Netty " + Version.identify().get("netty-common").artifactVersion();
  }

  static EventLoopGroup loop() {
    return new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  /** Serves on a free port until the input ends; {@code connections} says what to speak on each. */
  static void serve(EventLoopGroup loop, ChannelInitializer<SocketChannel> connections)
      throws Exception {
    var bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, Served.BACKLOG)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(connections);
    var server = bootstrap.bind(Served.address()).sync().channel();
    Served.converse(((InetSocketAddress) server.localAddress()).getPort());
  }
}
