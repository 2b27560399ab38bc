package main

import (
	"context"
	"encoding/hex"
	"log"
	"net"
	"strings"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/plain"
)

// A socket is the part of zmq4.Socket that a peer uses.
type socket interface {
	Listen(endpoint string) error
	Dial(endpoint string) error
	Addr() net.Addr
	SetOption(name string, value any) error
	SendMulti(message zmq4.Msg) error
	Recv() (zmq4.Msg, error)
	Close() error
}

type peer struct {
	socket socket
	id     []byte
}

var constructors = map[string]func(context.Context, ...zmq4.Option) zmq4.Socket{
	"REQ":    zmq4.NewReq,
	"REP":    zmq4.NewRep,
	"PUB":    zmq4.NewPub,
	"SUB":    zmq4.NewSub,
	"PUSH":   zmq4.NewPush,
	"PULL":   zmq4.NewPull,
	"DEALER": zmq4.NewDealer,
	"ROUTER": zmq4.NewRouter,
	"PAIR":   zmq4.NewPair,
}

// newPeer makes the socket. Some of the options it must know already; it returns the
// steps that remain.
func newPeer(socketType string, steps []string) (*peer, []string) {
	options := []zmq4.Option{zmq4.WithTimeout(patience)}
	var user, password string
	secure := false
	var rest []string
	for _, step := range steps {
		name, value, _ := strings.Cut(strings.TrimPrefix(step, "set:"), "=")
		switch name {
		case "PLAIN_SERVER":
			secure = true
		case "PLAIN_USERNAME":
			secure, user = true, value
		case "PLAIN_PASSWORD":
			secure, password = true, value
		case "ROUTING_ID":
			options = append(options, zmq4.WithID(zmq4.SocketIdentity(value)))
		default:
			rest = append(rest, step)
		}
	}
	if secure {
		options = append(options, zmq4.WithSecurity(plain.Security(user, password)))
	}
	if socketType == "CONNECTION" {
		return &peer{socket: new(connection)}, rest
	}
	construct, known := constructors[socketType]
	if !known {
		log.Fatalf("no such type: %s", socketType)
	}
	return &peer{socket: construct(context.Background(), options...)}, rest
}

const patience = 2 * time.Minute // more than any busy machine takes

// send tries again for a while if there is no connection yet: not each type waits for one.
func (p *peer) send(parts ...[]byte) error {
	var err error
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(10 * time.Millisecond) {
		if err = p.socket.SendMulti(zmq4.NewMsgFrom(parts...)); err == nil {
			break
		}
	}
	return err
}

func (p *peer) recv() ([][]byte, error) {
	message, err := p.socket.Recv()
	return message.Frames, err
}

func toHex(parts [][]byte) string {
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = hex.EncodeToString(part)
	}
	return strings.Join(words, ",")
}

func fromHex(message string) [][]byte {
	words := strings.Split(message, ",")
	parts := make([][]byte, len(words))
	for i, word := range words {
		part, err := hex.DecodeString(word)
		if err != nil {
			log.Fatal(err)
		}
		parts[i] = part
	}
	return parts
}
