export * from "zmqjs/zeromq";
