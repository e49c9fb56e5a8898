package readiness.bench.epoll;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/**
 * Netty as an echo server, in the manner of its own example: what was received is written, and
 * flushed when a read is through. A write asks for no promise, as its fast examples do.
 */
final class NettyEcho {
  private NettyEcho() {}

  @Sharable
  private static final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  public static void main(String[] args) throws Exception {
    Served.failAsOne();
    Handler handler = new Handler();
    try (var loop = NettyServer.loop()) {
      NettyServer.serve(
          loop,
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
              channel.pipeline().addLast(handler);
            }
          });
    }
  }
}
