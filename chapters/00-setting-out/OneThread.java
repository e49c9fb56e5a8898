import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A client and a server, in turns on one thread. Needs no build: {@code java OneThread.java}. */
public final class OneThread {
  private OneThread() {}

  // tag::main[]
  public static void main(String[] args) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket listener = new ServerSocket(0, 8, here); // socket, bind, listen
        Socket client = new Socket(here, listener.getLocalPort())) { // socket, connect
      client.getOutputStream().write("hello".getBytes(US_ASCII)); // send
      client.shutdownOutput(); // its kernel sends a FIN
      System.out.println("client  is connected, has sent hello, and sends no more");

      System.out.println("server  accepts, for the first time");
      try (Socket served = listener.accept()) {
        InputStream in = served.getInputStream();
        System.out.println("server  receives " + new String(in.readNBytes(5), US_ASCII)); // recv
        System.out.println("server  receives " + in.read() + ", which is Java's word for the end");
        served.getOutputStream().write("HELLO".getBytes(US_ASCII));
      } // close: a FIN this way, too

      byte[] answer = client.getInputStream().readAllBytes();
      System.out.println("client  receives " + new String(answer, US_ASCII) + " and the end");
    }

    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(here, 0)); // bind, and no listen
      new Socket(here, bound.getLocalPort()).close();
    } catch (ConnectException e) { // a RST came back
      System.out.println("client  " + e.getMessage());
    }
  }
  // end::main[]
}
