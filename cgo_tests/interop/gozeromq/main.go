// Gozeromq is a peer that implements ZMTP without libzmq; ../testdata/README.md lists the steps. It
// is a module of its own so that zmqjs does not depend on its requirements.
package main

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	peer, steps := newPeer(os.Args[1], os.Args[2:])
	for _, step := range steps {
		name, argument, _ := strings.Cut(step, ":")
		do, known := does[name]
		if !known {
			log.Fatalf("no such step: %s", name)
		}
		printed, err := do(peer, argument)
		if err != nil {
			log.Fatalf("%s: %v", step, err)
		}
		if printed != "" || strings.HasPrefix(name, "recv") {
			fmt.Println(printed)
		}
	}
	// Close drops messages that have not been written yet.
	time.Sleep(200 * time.Millisecond)
	if err := peer.socket.Close(); err != nil {
		log.Print(err)
	}
}
