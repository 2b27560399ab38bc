"use strict";

// Those that wait in an order: a list of objects with the fields queue, next and previous.
class Queue {
  constructor(state) {
    this.state = state;
    this.first = undefined;
    this.last = undefined;
    this.size = 0;
  }

  add(element) {
    element.queue = this;
    element.previous = this.last;
    if (this.last === undefined) {
      this.first = element;
    } else {
      this.last.next = element;
    }
    this.last = element;
    this.size++;
  }

  // Deletes an element of this queue.
  delete(element) {
    const { previous, next } = element;
    if (previous === undefined) {
      this.first = next;
    } else {
      previous.next = next;
    }
    if (next === undefined) {
      this.last = previous;
    } else {
      next.previous = previous;
    }
    element.queue = element.previous = element.next = undefined;
    this.size--;
  }
}

module.exports = { Queue };
