package main

import (
	"net"
	"strings"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// A connection is that of a DEALER, by zmq4's lower layer. That answers PING, while the
// sockets take it for a message.
type connection struct {
	listener net.Listener
	conn     *zmq4.Conn
}

func address(endpoint string) string { return strings.TrimPrefix(endpoint, "tcp://") }

func (c *connection) Listen(endpoint string) error {
	var err error
	c.listener, err = net.Listen("tcp", address(endpoint))
	return err
}

func (c *connection) Dial(endpoint string) error {
	raw, err := net.Dial("tcp", address(endpoint))
	if err != nil {
		return err
	}
	return c.open(raw, false)
}

func (c *connection) open(raw net.Conn, server bool) error {
	var err error
	c.conn, err = zmq4.Open(raw, null.Security(), zmq4.Dealer, nil, server, nil)
	return err
}

func (c *connection) Addr() net.Addr { return c.listener.Addr() }

func (c *connection) SetOption(string, any) error { return nil }

func (c *connection) SendMulti(message zmq4.Msg) error {
	if c.conn == nil {
		raw, err := c.listener.Accept()
		if err != nil {
			return err
		}
		if err := c.open(raw, true); err != nil {
			return err
		}
	}
	return c.conn.SendMsg(message)
}

func (c *connection) Recv() (zmq4.Msg, error) {
	for {
		message, err := c.conn.RecvMsg()
		if err != nil || message.Type == zmq4.UsrMsg {
			return message, err
		}
	}
}

func (c *connection) Close() error { return c.conn.Close() }
