// wss:// where libzmq is built with it.
import * as zmq from "zmq";
import { exchange } from "../exchange.js";
import { equal, ok, plan } from "../tap.js";
import { sockets } from "../sockets.js";

// A self-signed certificate for localhost, valid for a hundred years. The key is public: it protects nothing.
const key = [
  "-----BEGIN PRIVATE KEY-----",
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCTJVjhtucm2UL2zJ",
  "FtklyhposB/GBrKHfBmdjz98J7qhRANCAAQQ7a+mDFbD1caoABA7CRit2exY8HmQ",
  "i3fK/KmmPGu9TCMBK39FhAqLkhNEzVQKvROPdTCva26rQ84ugf6Y4DjI",
  "-----END PRIVATE KEY-----",
].join("\n") + "\n";
const certificate = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBojCCAUigAwIBAgIUHTkTAmuGggOn0eahLVwbNbto3L8wCgYIKoZIzj0EAwIw",
  "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDEzNDU1N1oYDzIxMjYxMTA2",
  "MTM0NTU3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO",
  "PQMBBwNCAAQQ7a+mDFbD1caoABA7CRit2exY8HmQi3fK/KmmPGu9TCMBK39FhAqL",
  "khNEzVQKvROPdTCva26rQ84ugf6Y4DjIo3YwdDAdBgNVHQ4EFgQUMQeEeotVlQhb",
  "BiXKfsWXRFGRd5AwHwYDVR0jBBgwFoAUMQeEeotVlQhbBiXKfsWXRFGRd5AwDwYD",
  "VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCwYDVR0PBAQDAgKE",
  "MAoGCCqGSM49BAMCA0gAMEUCIQDipNgEncgyE+SrkqOBk395gy1STsFMrowvf8eE",
  "fDItowIgB75Hrngv+r42g8cePRnZayR6TMTVUd9zxG3W+C4iK9k=",
  "-----END CERTIFICATE-----",
].join("\n") + "\n";

function serve(socket) {
  socket.setsockopt(zmq.WSS_KEY_PEM, key);
  socket.setsockopt(zmq.WSS_CERT_PEM, certificate);
}

function trust(socket, name) {
  socket.setsockopt(zmq.WSS_TRUST_PEM, certificate);
  socket.setsockopt(zmq.WSS_HOSTNAME, name);
}

exchange(
  "wss://127.0.0.1:*/path",
  (endpoint) => ok(/^wss:\/\/127\.0\.0\.1:[1-9][0-9]*\/path$/.test(endpoint), "a port was chosen"),
  (socket) => {
    serve(socket);
    trust(socket, "localhost");
  }
);

const s = sockets();
const pull = s.make(zmq.PULL);
serve(pull);
pull.bind("wss://127.0.0.1:*/large");
const push = s.make(zmq.PUSH);
trust(push, "localhost");
push.connect(pull.last_endpoint);
push.send_multipart(["parts", new Uint8Array(1000000)]);
equal(pull.recv_str(), "parts", "a message of two parts");
equal(pull.recv().length, 1000000, "a large one");

const stranger = s.make(zmq.PUSH);
const monitor = stranger.monitor(zmq.EVENT_DISCONNECTED | zmq.EVENT_CLOSED | zmq.EVENT_CONNECT_RETRIED);
stranger.setsockopt(zmq.RECONNECT_IVL, 10);
trust(stranger, "example.org");
stranger.connect(pull.last_endpoint);
stranger.send("not heard", zmq.DONTWAIT);
monitor.recv();
monitor.recv(); // it has retried
equal(pull.recv(zmq.DONTWAIT), undefined, "a client that expects another name sends nothing");
push.send("heard");
equal(pull.recv_str(), "heard", "the other client still sends");
monitor.close();
s.close();
plan();
