package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-zeromq/zmq4"
)

var does = map[string]func(*peer, string) (string, error){
	"set":        set,
	"bind":       bind,
	"connect":    func(p *peer, endpoint string) (string, error) { return "", p.socket.Dial(endpoint) },
	"send":       func(p *peer, message string) (string, error) { return "", p.send(fromHex(message)...) },
	"recv":       recv,
	"recv-id":    recvID,
	"send-id":    sendID,
	"skip":       skip,
	"publish":    publish,
	"send-many":  sendMany,
	"recv-many":  recvMany,
	"send-large": sendLarge,
	"recv-large": recvLarge,
	"echo":       echo,
	"none":       none,
}

func set(p *peer, setting string) (string, error) {
	switch name, value, _ := strings.Cut(setting, "="); name {
	case "SUBSCRIBE":
		return "", p.socket.SetOption(zmq4.OptionSubscribe, value)
	case "UNSUBSCRIBE":
		return "", p.socket.SetOption(zmq4.OptionUnsubscribe, value)
	case "HEARTBEAT_IVL", "HEARTBEAT_TIMEOUT", "ROUTER_MANDATORY": // it has none
		return "", nil
	default:
		return "", fmt.Errorf("no such option: %s", name)
	}
}

func bind(p *peer, endpoint string) (string, error) {
	if err := p.socket.Listen(strings.Replace(endpoint, "*", "0", 1)); err != nil {
		return "", err
	}
	return "tcp://" + p.socket.Addr().String(), nil
}

func recv(p *peer, _ string) (string, error) {
	parts, err := p.recv()
	return toHex(parts), err
}

func recvID(p *peer, _ string) (string, error) {
	parts, err := p.recv()
	if err != nil {
		return "", err
	}
	p.id = parts[0]
	return toHex(parts[1:]), nil
}

func sendID(p *peer, message string) (string, error) {
	return "", p.send(append([][]byte{p.id}, fromHex(message)...)...)
}

func skip(p *peer, message string) (string, error) {
	for {
		parts, err := p.recv()
		if err != nil || toHex(parts) == message {
			return "", err
		}
	}
}

func publish(p *peer, messages string) (string, error) {
	for {
		for message := range strings.SplitSeq(messages, ";") {
			if err := p.send(fromHex(message)...); err != nil {
				return "", err
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func sendMany(p *peer, count string) (string, error) {
	n, err := strconv.Atoi(count)
	for i := 0; i < n && err == nil; i++ {
		err = p.send([]byte(strconv.Itoa(i)))
	}
	return "", err
}

func recvMany(p *peer, count string) (string, error) {
	n, err := strconv.Atoi(count)
	for i := 0; i < n && err == nil; i++ {
		var parts [][]byte
		parts, err = p.recv()
		if err == nil && string(parts[0]) != strconv.Itoa(i) {
			err = fmt.Errorf("%q instead of %d", parts, i)
		}
	}
	return count + " in order", err
}

func large(size string) ([]byte, error) {
	n, err := strconv.Atoi(size)
	message := make([]byte, n)
	for i := range message {
		message[i] = byte(i % 251)
	}
	return message, err
}

func sendLarge(p *peer, size string) (string, error) {
	message, err := large(size)
	if err != nil {
		return "", err
	}
	return "", p.send(message)
}

func recvLarge(p *peer, size string) (string, error) {
	want, err := large(size)
	if err != nil {
		return "", err
	}
	parts, err := p.recv()
	if err == nil && !bytes.Equal(parts[0], want) {
		err = fmt.Errorf("other %d", len(parts[0]))
	}
	return size + " as sent", err
}

func echo(p *peer, _ string) (string, error) {
	parts, err := p.recv()
	if err != nil {
		return "", err
	}
	return "", p.send(parts...)
}

// none does nothing but wait: a receive has no time limit.
func none(_ *peer, milliseconds string) (string, error) {
	n, err := strconv.Atoi(milliseconds)
	time.Sleep(time.Duration(n) * time.Millisecond)
	return "nothing", err
}
