export * from "zmqjs/zeromq/v5-compat";
