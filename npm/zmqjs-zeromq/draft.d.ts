export * from "zmqjs/zeromq/draft";
