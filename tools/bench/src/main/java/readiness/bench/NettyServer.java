package readiness.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The peer: Netty's epoll transport with one loop, its HTTP codec and its pooled allocator, set up
 * as its fast examples do: nothing is aggregated, constants are ASCII once and for all, headers are
 * not validated again, the date is rendered once a second, and answers are flushed when a read is
 * through, so that pipelined ones leave together.
 */
final class NettyServer {
  private static final AsciiString TYPE = AsciiString.cached(Served.CONTENT_TYPE);
  private static final AsciiString LENGTH =
      AsciiString.cached(Integer.toString(Served.BODY.length));
  private static final ByteBuf BODY =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(Served.BODY.length).writeBytes(Served.BODY).asReadOnly());

  /** Written and read on the loop's one thread. */
  private static AsciiString date = new AsciiString(Served.date());

  private NettyServer() {}

  @Sharable
  private static final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof HttpRequest) {
          context.write(response(), context.voidPromise());
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private static FullHttpResponse response() {
      HttpHeaders headers =
          DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
      headers
          .set(HttpHeaderNames.DATE, date)
          .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
          .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH);
      return new DefaultFullHttpResponse(
          HttpVersion.HTTP_1_1,
          HttpResponseStatus.OK,
          BODY.duplicate(),
          headers,
          EmptyHttpHeaders.INSTANCE);
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
    Handler handler = new Handler();
    try (var loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
      var bootstrap =
          new ServerBootstrap()
              .group(loop)
              .channel(EpollServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, 1024)
              .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
              .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel.pipeline().addLast(new HttpServerCodec(), handler);
                    }
                  });
      var server = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
      loop.scheduleAtFixedRate(() -> date = new AsciiString(Served.date()), 1, 1, TimeUnit.SECONDS);
      Served.converse(((InetSocketAddress) server.localAddress()).getPort());
    }
  }
}
