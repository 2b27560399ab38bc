package gojavm

import (
	"errors"
	"fmt"
	"slices"

	"github.com/dop251/goja"
)

// SignalAction is the action that a script requests for a signal.
type SignalAction int

const (
	// SignalDefault restores the host's own action.
	SignalDefault SignalAction = iota
	// SignalIgnore discards the signal.
	SignalIgnore
	// SignalHandle makes the host call [VM.Signal] when the signal arrives.
	SignalHandle
)

func (a SignalAction) String() string {
	switch a {
	case SignalDefault:
		return "default"
	case SignalIgnore:
		return "ignore"
	case SignalHandle:
		return "handle"
	}
	return fmt.Sprintf("SignalAction(%d)", int(a))
}

const maxSignal = 64

type signalHandler struct {
	sig int
	f   goja.Callable
}

// osSignal is os.signal(sig, handler). A function handles the signal, null
// restores the default action, undefined ignores the signal.
func (vm *VM) osSignal(call goja.FunctionCall) goja.Value {
	sig := toInt32(call.Argument(0))
	if sig < 0 || sig >= maxSignal {
		vm.throwRange("invalid signal number")
	}
	handler := call.Argument(1)
	action := SignalHandle
	var f goja.Callable
	switch {
	case goja.IsNull(handler):
		action = SignalDefault
	case goja.IsUndefined(handler):
		action = SignalIgnore
	default:
		f = vm.function(handler)
	}
	if vm.opts.SignalAction == nil {
		vm.throwError(errors.New("os.signal: the host program does not provide signals"))
	}
	at := slices.IndexFunc(vm.signals, func(h signalHandler) bool { return h.sig == sig })
	if action == SignalHandle {
		// Register the handler before the host installs its own, so that no signal is lost.
		h := signalHandler{sig, f}
		if at >= 0 {
			vm.signals[at] = h
		} else {
			at = len(vm.signals)
			vm.signals = append(vm.signals, h)
		}
		vm.handled.Or(1 << sig)
	}
	err := vm.opts.SignalAction(sig, action)
	if action != SignalHandle && err == nil || action == SignalHandle && err != nil {
		if at >= 0 {
			vm.signals = slices.Delete(vm.signals, at, at+1)
		}
		vm.handled.And(^uint64(1 << sig))
		vm.pending.And(^uint64(1 << sig))
	}
	if err != nil {
		vm.throwError(fmt.Errorf("os.signal: %w", err))
	}
	return goja.Undefined()
}
