package jsglue

import (
	"encoding/binary"
	"errors"
	"runtime"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

var proxyFunction = &Function{
	Name: "proxy",
	Parameters: []Parameter{
		{Name: "frontend", Class: socketClass},
		{Name: "backend", Class: socketClass},
		{Name: "capture", Class: socketClass, Optional: true},
		{Name: "control", Class: socketClass, Optional: true},
	},
	Returns: "0",
	Summary: "Passes messages on between two sockets, in both directions, until control gets TERMINATE (zmq_proxy_steerable); capture gets a copy of each.",
	run:     runProxy,
}

// A proxy is what its call knows when it is run again; its frontend keeps it.
type proxy struct {
	*libzmq.Proxy
	paused bool
}

func runProxy(c *Call) (Data, error) {
	defer runtime.KeepAlive(c)
	sockets := [4]*libzmq.Socket{}
	for i := range sockets {
		if socket, ok := c.Arguments[i].Object.(*Socket); ok {
			sockets[i] = socket.zmq
		}
	}
	frontend := c.Arguments[0].Object.(*Socket)
	if c.Result == 0 { // a former call may have been interrupted
		frontend.endProxy()
		made, err := libzmq.NewProxy(sockets[0], sockets[1], sockets[2], sockets[3])
		if err != nil {
			return Data{}, asError(err)
		}
		frontend.proxy = &proxy{Proxy: made}
	}
	wait, ended, err := frontend.proxy.turn(sockets[3])
	if err == nil && !ended {
		return Data{}, c.blockUntil(wait)
	}
	frontend.endProxy()
	return success, asError(err)
}

// turn passes on what is there, and then does what it is told.
func (p *proxy) turn(control *libzmq.Socket) (wait *libzmq.Wait, ended bool, err error) {
	paused := p.paused
	if wait, err = p.Pass(paused); err != nil {
		return nil, false, err
	}
	ended, err = p.steer(control)
	if p.paused != paused {
		wait.Deadline = libzmq.Now()
	}
	return wait, ended, err
}

func (s *Socket) endProxy() {
	if s.proxy != nil {
		s.proxy.Close()
		s.proxy = nil
	}
}

// steer carries out the commands that have come to the control socket.
func (p *proxy) steer(control *libzmq.Socket) (ended bool, err error) {
	for control != nil && !ended {
		command, err := control.Receive(0)
		if errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		name := string(command.Bytes())
		command.Close()
		switch name {
		case "PAUSE":
			p.paused = true
		case "RESUME":
			p.paused = false
		case "TERMINATE":
			ended = true
		case "STATISTICS":
			if err := p.tell(control); err != nil {
				return false, err
			}
			continue
		}
		if control.Type() == replyType {
			if err := control.Send(nil, 0); err != nil {
				return false, err
			}
		}
	}
	return ended, nil
}

// tell sends the statistics: eight parts, each an unsigned integer of 64 bits, as
// zmq_proxy_steerable has them.
func (p *proxy) tell(control *libzmq.Socket) error {
	parts := [][]byte{}
	for _, number := range p.Statistics() {
		parts = append(parts, binary.NativeEndian.AppendUint64(nil, number))
	}
	return control.SendParts(parts, 0)
}
