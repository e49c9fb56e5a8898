package readiness.bench.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
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
import java.util.concurrent.TimeUnit;

/**
 * Netty as an HTTP server, with its codec, set up as its fast examples are: nothing is aggregated,
 * constants are ASCII once and for all, headers are not validated again, the date is rendered once
 * a second, and answers are flushed when a read is through, so that pipelined ones leave together.
 */
final class NettyHttp {
  private static final AsciiString TYPE = AsciiString.cached(Served.CONTENT_TYPE);
  private static final AsciiString LENGTH =
      AsciiString.cached(Integer.toString(Served.BODY.length));
  private static final ByteBuf BODY =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(Served.BODY.length).writeBytes(Served.BODY).asReadOnly());

  /** Written and read on the loop's one thread. */
  private static AsciiString date = new AsciiString(Served.date());

  private NettyHttp() {}

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
    Served.failAsOne();
    Handler handler = new Handler();
    try (var loop = NettyServer.loop()) {
      loop.scheduleAtFixedRate(() -> date = new AsciiString(Served.date()), 1, 1, TimeUnit.SECONDS);
      NettyServer.serve(
          loop,
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
              channel.pipeline().addLast(new HttpServerCodec(), handler);
            }
          });
    }
  }
}
