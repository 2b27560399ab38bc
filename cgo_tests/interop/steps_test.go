package interop

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// A step is one in testdata/README.md, with its expected output.
type step struct {
	argument string
	prints   []string
}

func toHex(parts []string) string {
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = hex.EncodeToString([]byte(part))
	}
	return strings.Join(words, ",")
}

func set(name string, value any) step { return step{fmt.Sprintf("set:%s=%v", name, value), nil} }

func send(parts ...string) step { return step{"send:" + toHex(parts), nil} }

func recv(parts ...string) step { return step{"recv", []string{toHex(parts)}} }

// sendID and recvID are for ROUTER and STREAM: a routing id precedes the parts.
func sendID(parts ...string) step { return step{"send-id:" + toHex(parts), nil} }

func recvID(parts ...string) step { return step{"recv-id", []string{toHex(parts)}} }

func skip(parts ...string) step { return step{"skip:" + toHex(parts), nil} }

func publish(messages ...string) step {
	words := make([]string, len(messages))
	for i, message := range messages {
		words[i] = toHex([]string{message})
	}
	return step{"publish:" + strings.Join(words, ";"), nil}
}

func sendMany(count int) step { return step{fmt.Sprint("send-many:", count), nil} }

func recvMany(count int) step {
	return step{fmt.Sprint("recv-many:", count), []string{fmt.Sprint(count, " in order")}}
}

func sendLarge(size int) step { return step{fmt.Sprint("send-large:", size), nil} }

func recvLarge(size int) step {
	return step{fmt.Sprint("recv-large:", size), []string{fmt.Sprint(size, " as sent")}}
}

func echo() step { return step{"echo", nil} }

// none is also for waiting.
func none(milliseconds int) step {
	return step{fmt.Sprint("none:", milliseconds), []string{"nothing"}}
}

func try() step { return step{"try", nil} }

func failed() step { return step{"failed", []string{"failed"}} }

func until(path string) step { return step{"until:" + path, nil} }

// zap answers a request, which must have these credentials.
func zap(status int, mechanism string, credentials ...string) step {
	return step{fmt.Sprint("zap:", status), []string{toHex(append([]string{mechanism}, credentials...))}}
}

// js is a step of our side only.
func js(expression, prints string) step { return step{"js:" + expression, []string{prints}} }

// A side is a peer's socket, its options, and its steps once it is bound or connected.
type side struct {
	socket  string
	options []step
	steps   []step
}

func (s side) arguments(where string) []string {
	arguments := []string{s.socket}
	for _, option := range s.options {
		arguments = append(arguments, option.argument)
	}
	arguments = append(arguments, where)
	for _, step := range s.steps {
		arguments = append(arguments, step.argument)
	}
	return arguments
}

// prints is the expected output of the steps.
func (s side) prints() []string {
	var lines []string
	for _, step := range s.steps {
		lines = append(lines, step.prints...)
	}
	return lines
}

// endless reports whether it has to be killed.
func (s side) endless() bool {
	last := s.steps[len(s.steps)-1]
	return strings.HasPrefix(last.argument, "publish:")
}
