package gojavm

import (
	"errors"
	"slices"

	"github.com/dop251/goja"
)

// status is the state of a module's evaluation.
type status int

const (
	linked status = iota
	evaluating
	evaluatingAsync
	evaluated
)

// evaluation is the state of ECMAScript's Evaluate for a module: fields of Cyclic Module Records,
// with their names there.
type evaluation struct {
	status          status
	err             error // EvaluationError
	index, ancestor int   // DFSIndex, DFSAncestorIndex
	root            *module
	async           bool   // HasTLA
	order           uint64 // AsyncEvaluation, in the order in which it was set; 0: not set
	waiters         []*module
	pending         int // PendingAsyncDependencies

	// whenDone are called when the evaluation is done; for a root, when that of its cycle is.
	whenDone []func(err error)
}

// evaluate is Evaluate of ECMAScript. The error is an exception that was thrown before the first
// await.
func (vm *VM) evaluate(m *module) error {
	if m.status == evaluated || m.status == evaluatingAsync {
		if m.root != nil {
			m = m.root
		}
		return m.err
	}
	var stack []*module
	_, err := vm.evaluateInner(m, &stack, 0)
	if err != nil {
		for _, open := range stack {
			open.status = evaluated
			open.err = err
			open.root = open
			open.finish(err)
		}
	}
	return err
}

// whenEvaluated calls f when the module is evaluated, after evaluate has returned no error for it.
func (m *module) whenEvaluated(f func(err error)) {
	if m.root != nil {
		m = m.root
	}
	if m.status == evaluated {
		f(m.err)
		return
	}
	m.whenDone = append(m.whenDone, f)
}

func (m *module) finish(err error) {
	if err == nil {
		m.settle()
	}
	m.generator = nil
	for _, f := range m.whenDone {
		f(err)
	}
	m.whenDone = nil
}

func (vm *VM) evaluateInner(m *module, stack *[]*module, index int) (int, error) {
	if m.source == nil {
		m.status = evaluated
		return index, nil
	}
	switch m.status {
	case evaluating:
		return index, nil
	case evaluatingAsync, evaluated:
		return index, m.err
	}
	m.status = evaluating
	m.index, m.ancestor = index, index
	index++
	*stack = append(*stack, m)
	for _, required := range m.requests {
		var err error
		if index, err = vm.evaluateInner(required, stack, index); err != nil {
			return index, err
		}
		if required.source == nil {
			continue
		}
		if required.status == evaluating {
			m.ancestor = min(m.ancestor, required.ancestor)
		} else {
			required = required.root
			if required.err != nil {
				return index, required.err
			}
		}
		if required.order != 0 && required.status != evaluated {
			m.pending++
			required.waiters = append(required.waiters, m)
		}
	}
	if m.pending > 0 || m.async {
		vm.evaluator.order++
		m.order = vm.evaluator.order
		if m.pending == 0 {
			m.runAsync()
		}
	} else if err := m.run(); err != nil {
		return index, err
	}
	if m.ancestor == m.index {
		for done := false; !done; {
			last := (*stack)[len(*stack)-1]
			*stack = (*stack)[:len(*stack)-1]
			done = last == m
			last.root = m
			if last.order == 0 {
				last.status = evaluated
				last.finish(nil)
			} else if last.status == evaluating {
				last.status = evaluatingAsync
			}
		}
	}
	return index, nil
}

// step runs the module's code up to its next yield or to its end.
func (m *module) step(throws bool, v goja.Value) (value goja.Value, done bool, err error) {
	f := m.vm.evaluator.next
	if throws {
		f = m.vm.evaluator.throw
	}
	result, err := f(m.generator, v)
	if err != nil {
		return nil, false, err
	}
	obj := result.ToObject(m.vm.rt)
	return obj.Get("value"), obj.Get("done").ToBoolean(), nil
}

// run evaluates a module without await.
func (m *module) run() error {
	_, _, err := m.step(false, goja.Undefined())
	return err
}

// runAsync is ExecuteAsyncModule of ECMAScript.
func (m *module) runAsync() {
	var driven *goja.Object
	driven = m.vm.getter("result", func() goja.Value {
		value, done, err := m.step(driven.Get("throws").ToBoolean(), driven.Get("value"))
		rethrow(err)
		result := m.vm.rt.CreateObject(nil)
		rethrow(result.Set("value", value))
		rethrow(result.Set("done", done))
		return result
	})
	rethrow(driven.Set("throws", false))
	rethrow(driven.Set("value", goja.Undefined()))
	m.vm.setFuncs(driven, []funcSpec{
		{"done", 0, func(goja.FunctionCall) goja.Value {
			m.fulfilled()
			return goja.Undefined()
		}},
		{"failed", 1, func(call goja.FunctionCall) goja.Value {
			m.rejected(&thrown{call.Argument(0)})
			return goja.Undefined()
		}},
	})
	_, err := m.vm.evaluator.drive(goja.Undefined(), driven)
	rethrow(err)
}

// fulfilled is AsyncModuleExecutionFulfilled of ECMAScript.
func (m *module) fulfilled() {
	if m.status == evaluated {
		return // a module of its cycle has failed
	}
	m.status = evaluated
	m.finish(nil)
	var list []*module
	m.gather(&list)
	slices.SortFunc(list, func(a, b *module) int { return int(a.order) - int(b.order) })
	for _, next := range list {
		switch {
		case next.status == evaluated:
		case next.async:
			next.runAsync()
		default:
			if err := next.run(); err != nil {
				if isUncatchable(err) {
					rethrow(err)
				}
				next.rejected(err)
			} else {
				next.status = evaluated
				next.finish(nil)
			}
		}
	}
}

// gather is GatherAvailableAncestors of ECMAScript.
func (m *module) gather(list *[]*module) {
	for _, waiter := range m.waiters {
		if slices.Contains(*list, waiter) || waiter.root.err != nil {
			continue
		}
		waiter.pending--
		if waiter.pending == 0 {
			*list = append(*list, waiter)
			if !waiter.async {
				waiter.gather(list)
			}
		}
	}
}

// rejected is AsyncModuleExecutionRejected of ECMAScript.
func (m *module) rejected(err error) {
	if m.status == evaluated {
		return
	}
	m.status = evaluated
	m.err = err
	m.finish(err)
	for _, waiter := range m.waiters {
		waiter.rejected(err)
	}
}

// thrown is a value that script code has thrown and native code has caught.
type thrown struct{ value goja.Value }

func (*thrown) Error() string { return "gojavm: an exception of a module" }

// thrownValue is the value that a script catches for err.
func thrownValue(err error) goja.Value {
	var caught *thrown
	if errors.As(err, &caught) {
		return caught.value
	}
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return ex.Value()
	}
	rethrow(err)
	return nil
}
