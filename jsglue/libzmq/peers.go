package libzmq

// #include <stdlib.h>
// #include "monitor.h"
import "C"

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// A Peers counts the connected peers of a socket by its monitor (zmq_socket_monitor), except those
// over inproc, for which libzmq has no events. It ends with the socket, or when the script monitors
// the socket itself, since libzmq has one monitor at a time.
type Peers struct {
	monitor *zmq4.Socket // PAIR
	changed func(count int)
	failed  func(endpoint, reason string)
	count   map[string]int // by endpoint
}

// peersInterval is the time between two looks at the monitors: the cost is not noticeable, and a
// context that ends does not wait long for it.
const peersInterval = 20 * time.Millisecond

// failures are the events of handshakes that have failed.
const failures = zmq4.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq4.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq4.EVENT_HANDSHAKE_FAILED_AUTH

var watched struct {
	sync.Mutex
	all []*Peers
}

// WatchPeers calls changed, on a goroutine of its own, whenever the number of peers of the
// context's socket has changed, and failed whenever a handshake has failed, until the socket is closed.
func (c *Context) WatchPeers(s *Socket, changed func(count int), failed func(endpoint, reason string)) (*Peers, error) {
	monitor, err := c.newInner(zmq4.PAIR)
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(monitor, nil)
	endpoint := fmt.Sprintf("inproc://zmqjs-peers-%d", s.Number())
	err = errors.Join(monitor.SetRcvhwm(0), // libzmq's threads must not block
		s.zmq.Monitor(endpoint, zmq4.EVENT_HANDSHAKE_SUCCEEDED|zmq4.EVENT_DISCONNECTED|zmq4.EVENT_MONITOR_STOPPED|failures),
		monitor.Connect(endpoint))
	if err != nil {
		_ = monitor.Close()
		return nil, err
	}
	peers := &Peers{monitor: monitor, changed: changed, failed: failed, count: map[string]int{}}
	watched.Lock()
	defer watched.Unlock()
	if len(watched.all) == 0 {
		go watchPeers()
	}
	watched.all = append(watched.all, peers)
	return peers, nil
}

// Forget subtracts the peers of an endpoint that was disconnected (zmq_disconnect), for which there
// is no event.
func (p *Peers) Forget(endpoint string) {
	if p == nil {
		return
	}
	watched.Lock()
	defer watched.Unlock()
	if p.count[endpoint] > 0 {
		delete(p.count, endpoint)
		p.changed(p.total())
	}
}

func (p *Peers) total() (total int) {
	for _, count := range p.count {
		total += count
	}
	return total
}

// watchPeers looks at every monitor until there is none.
func watchPeers() {
	for {
		time.Sleep(peersInterval)
		if !lookAtPeers() {
			return
		}
	}
}

func lookAtPeers() (more bool) {
	watched.Lock()
	defer watched.Unlock()
	open := watched.all[:0]
	for _, peers := range watched.all {
		if peers.look() {
			open = append(open, peers)
		} else {
			_ = peers.monitor.Close()
		}
	}
	clear(watched.all[len(open):])
	watched.all = open
	return len(open) > 0
}

// look receives the monitor's events. It returns false after the last one.
func (p *Peers) look() bool {
	before := p.total()
	for {
		event, err := p.monitor.RecvMessageBytes(zmq4.DONTWAIT)
		if err != nil {
			if count := p.total(); count != before {
				recovered("the tracing of peers", func() { p.changed(count) })
			}
			errno := asErrno(err)
			return errors.Is(errno, EAGAIN) || errors.Is(errno, EINTR)
		}
		if len(event) != 2 || len(event[0]) < 2 {
			continue
		}
		endpoint, kind := string(event[1]), zmq4.Event(binary.NativeEndian.Uint16(event[0]))
		switch kind {
		case zmq4.EVENT_HANDSHAKE_SUCCEEDED:
			p.count[endpoint]++
		case zmq4.EVENT_DISCONNECTED:
			p.count[endpoint] = max(0, p.count[endpoint]-1)
		case zmq4.EVENT_MONITOR_STOPPED:
			return false
		default:
			if kind&failures != 0 && len(event[0]) == C.CORE_EVENT_SIZE {
				reason := explainEvent(int(kind), int32(binary.NativeEndian.Uint32(event[0][2:])))
				recovered("the tracing of handshakes", func() { p.failed(endpoint, reason) })
			}
		}
	}
}

// explainEvent describes the failure that an event of a monitor reports.
func explainEvent(event int, value int32) string {
	room := (*C.char)(C.malloc(C.CORE_EXPLANATION))
	defer C.free(unsafe.Pointer(room))
	return C.GoString(C.core_monitor_explain(C.int(event), C.int32_t(value), room))
}
