// Gohost hands the zmq module to a goja runtime of its own, and runs a script in it.
package main

import (
	"errors"
	"fmt"
	"log"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojazmq"
)

const script = `
const context = new zmq.Context();
const receiver = context.socket(zmq.PULL);
receiver.bind("inproc://greetings");
const sender = context.socket(zmq.PUSH);
sender.connect("inproc://greetings");
sender.send("hello world");
receiver.recv_str();
`

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() (err error) {
	runtime := goja.New()
	module, err := gojazmq.New(runtime)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, module.Close()) }()
	if err := runtime.Set("zmq", module.Exports()); err != nil {
		return err
	}
	received, err := runtime.RunString(script)
	if err != nil {
		return err
	}
	fmt.Println("received:", received)
	return nil
}
