package coretest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const mebibyte = 1 << 20

// newPair makes two sockets that are connected in the process.
func newPair(t *testing.T) (sender, receiver *libzmq.Socket) {
	t.Helper()
	context := newContext(t, newRuntime(t))
	sender, receiver = newSocket(t, context, pair), newSocket(t, context, pair)
	endpoint := fmt.Sprintf("inproc://pool-%d", sender.Number())
	if err := errors.Join(receiver.Bind(endpoint), sender.Connect(endpoint)); err != nil {
		t.Fatal(err)
	}
	return sender, receiver
}

func send(t *testing.T, socket *libzmq.Socket, data []byte) {
	t.Helper()
	if err := Send(socket, data, 0); err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, socket *libzmq.Socket) *Message {
	t.Helper()
	message, err := Receive(socket, 0)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

// setPoolLimit sets the limit for a test, which begins with an empty pool.
func setPoolLimit(t *testing.T, limit int64) {
	before := libzmq.PoolLimit(0)
	t.Cleanup(func() { libzmq.PoolLimit(before) })
	libzmq.PoolLimit(limit)
	if size := libzmq.PoolSize(); size != 0 {
		t.Fatalf("%d bytes are kept after a limit of 0", size)
	}
}

func TestPoolKeepsOneBlockForMessagesOneAfterAnother(t *testing.T) {
	setPoolLimit(t, 64*mebibyte)
	sender, receiver := newPair(t)
	data := make([]byte, mebibyte)
	kept := 0
	for range 100 {
		send(t, sender, data)
		message := receive(t, receiver)
		if size := libzmq.PoolSize(); size != 0 {
			t.Fatalf("%d bytes are free while the message is in use", size)
		}
		message.Close()
		switch size := libzmq.PoolSize(); {
		case size >= mebibyte && size <= mebibyte*3/2:
			kept++
		case size != 0: // it is given back already if this took long
			t.Fatalf("%d bytes are kept", size)
		}
	}
	if kept < 50 {
		t.Errorf("the memory is kept %d times of 100", kept)
	}
	waitFor(t, "the pool to be trimmed", func() bool { return libzmq.PoolSize() == 0 })
}

func TestPoolStaysWithinItsLimit(t *testing.T) {
	const limit = 5 * mebibyte
	setPoolLimit(t, limit)
	sender, receiver := newPair(t)
	burst := func() {
		for range 20 {
			send(t, sender, make([]byte, mebibyte))
		}
		for range 20 {
			receive(t, receiver).Close()
		}
	}
	// A part is given back already if a burst takes long.
	waitFor(t, "half of the limit to be kept", func() bool {
		burst()
		size := libzmq.PoolSize()
		if size > limit {
			t.Fatalf("%d bytes are kept, the limit is %d", size, limit)
		}
		return size >= limit/2
	})
	if before := libzmq.PoolLimit(0); before != limit {
		t.Errorf("the limit was %d", before)
	}
	if size := libzmq.PoolSize(); size != 0 {
		t.Errorf("%d bytes are kept with a limit of 0", size)
	}
	burst()
	if size := libzmq.PoolSize(); size != 0 {
		t.Errorf("%d bytes are kept with a limit of 0", size)
	}
	if limit := libzmq.PoolLimit(-1); limit != 0 {
		t.Errorf("asking gives %d", limit)
	}
}

func TestPoolDoesNotMixMessages(t *testing.T) {
	setPoolLimit(t, 64*mebibyte)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	sender, receiver := newPair(t)
	var under [][]byte // way
	check := func() {
		message := receive(t, receiver)
		defer message.Close()
		if !bytes.Equal(message.Content, under[0]) {
			t.Fatalf("a message of %d bytes has changed", len(under[0]))
		}
		under = under[1:]
	}
	for range 600 {
		size := 1<<(15+random.IntN(6)) + random.IntN(140) - 70
		data := bytes.Repeat([]byte{byte(random.Uint32())}, size)
		data[size-1] = byte(random.Uint32())
		send(t, sender, data)
		under = append(under, data)
		for len(under) > 20 || len(under) > 0 && random.IntN(2) == 0 {
			check()
		}
	}
	for len(under) > 0 {
		check()
	}
}

func TestPoolLimitOfTheEnvironment(t *testing.T) {
	const child = "ZMQJS_TEST_PRINT_POOL_LIMIT"
	if os.Getenv(child) != "" {
		fmt.Printf("limit %d\n", libzmq.PoolLimit(-1))
		return
	}
	const usual = 64 * mebibyte
	for text, want := range map[string]int64{"": usual, "0": 0, "12345": 12345, "-1": usual, "much": usual, "1k": usual, "99999999999999999999": usual} {
		command := exec.Command(os.Args[0], "-test.run=^TestPoolLimitOfTheEnvironment$")
		command.Env = append(os.Environ(), child+"=1", "ZMQJS_POOL_LIMIT="+text)
		output, err := command.CombinedOutput()
		if err != nil || !strings.HasPrefix(string(output), fmt.Sprintf("limit %d\n", want)) {
			t.Errorf("ZMQJS_POOL_LIMIT=%s: %v\n%s", text, err, output)
		}
	}
}

// resident is the memory of the process that is in RAM, in bytes.
func resident(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}

func TestMemoryReturnsAfterABurst(t *testing.T) {
	setPoolLimit(t, 1024*mebibyte)
	sender, receiver := newPair(t)
	data := make([]byte, mebibyte/4)
	before := resident(t)
	for range 800 {
		send(t, sender, data)
	}
	if during := resident(t); during < before+150*mebibyte {
		t.Fatalf("the burst took %d MiB: nothing to see", (during-before)/mebibyte)
	}
	for range 800 {
		receive(t, receiver).Close()
	}
	waitFor(t, "the memory of 200 MiB to be given back", func() bool {
		return libzmq.PoolSize() == 0 && resident(t) <= before+20*mebibyte
	})
}
