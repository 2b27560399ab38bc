// A cache of the last value of each topic. Its subscribers get each new value, and those that
// come late get at once what was the last one. cache_set.js sets values, cache_watch.js
// subscribes.
//
//   cache.js [SETTERS [SUBSCRIBERS]]      default: tcp://*:5565 tcp://*:5566
import * as zmq from "zmq";

const TOPICS = 10000; // so many values at once find room on their way to a subscriber

const [setter_endpoint = "tcp://*:5565", subscriber_endpoint = "tcp://*:5566"] = scriptArgs.slice(1);

const context = new zmq.Context();
const setters = context.socket(zmq.PULL);
setters.bind(setter_endpoint);
console.log(`Bound to ${setters.last_endpoint}`);

const subscribers = context.socket(zmq.XPUB);
subscribers.setsockopt(zmq.XPUB_VERBOSE, 1); // tells of every subscription, not only of a topic's first
subscribers.setsockopt(zmq.SNDHWM, TOPICS);
subscribers.bind(subscriber_endpoint);
console.log(`Bound to ${subscribers.last_endpoint}`);

const values = new Map(); // by topic

function update() {
  const topic = setters.recv_str();
  const value = setters.recv_str();
  values.set(topic, value);
  subscribers.send_multipart([topic, value]);
}

// Others that have subscribed to the same topics get their values once more.
function show_values() {
  const subscription = subscribers.recv_str();
  if (subscription[0] !== "\x01") return; // it ends one
  for (const [topic, value] of values)
    if (topic.startsWith(subscription.slice(1))) subscribers.send_multipart([topic, value]);
}

const poller = new zmq.Poller();
poller.add(subscribers, zmq.POLLIN);
poller.add(setters, zmq.POLLIN);
for (;;) {
  const event = poller.wait(-1);
  if (event.socket === subscribers) show_values();
  else update();
}
