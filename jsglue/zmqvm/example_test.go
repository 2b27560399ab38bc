package zmqvm_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/zmqjs/zmqjs/jsglue/gojavm"
	"github.com/zmqjs/zmqjs/jsglue/zmqvm"
)

// A script that exchanges messages, and one that waits for a message that never comes until
// a timer interrupts it.
func Example() {
	vm, err := zmqvm.New(gojavm.Options{Stdout: os.Stdout, Stderr: os.Stderr})
	if err != nil {
		log.Fatal(err)
	}
	defer vm.Close()
	err = vm.Eval("greet.js", `
		import * as zmq from "zmq";
		const context = new zmq.Context();
		globalThis.receiver = context.socket(zmq.PULL);
		receiver.bind("inproc://greetings");
		const sender = context.socket(zmq.PUSH);
		sender.connect("inproc://greetings");
		sender.send("hello world");
		console.log("received:", receiver.recv_str());
	`)
	if err != nil {
		log.Fatal(err)
	}

	watchdog := time.AfterFunc(50*time.Millisecond, vm.Interrupt)
	defer watchdog.Stop()
	err = vm.Eval("wait.js", `receiver.recv()`)
	var interrupted *gojavm.InterruptedError
	fmt.Println("interrupted:", errors.As(err, &interrupted))
	// Output:
	// received: hello world
	// interrupted: true
}
