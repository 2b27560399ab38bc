package gojavm

import "github.com/dop251/goja"

// evaluator has the functions of the VM's own realm that evaluate modules, so that a script that
// changes the prototypes does not affect them.
type evaluator struct {
	next, throw goja.Callable // of a generator
	// drive(module) reads the getter module.result, which runs the module's code up to the next
	// await, until it is done, and then calls module.done or module.failed. The result of an await
	// becomes module.value or module.error.
	drive goja.Callable
	// read reads the property "value" of an object, readLater from the queue of
	// promise jobs.
	read, readLater goja.Callable
	// order counts the modules whose evaluation waits, in the order of their beginning.
	order uint64
	// dynamic reports that scripts have the binding for import().
	dynamic bool
}

// The functions call back by getters, because the engine omits native getters from stack traces.
const evaluatorSource = `[(function* () {})(), async function (module) {
  try {
    let result = module.result;
    while (!result.done) {
      try {
        module.value = await result.value;
        module.throws = false;
      } catch (error) {
        module.value = error;
        module.throws = true;
      }
      result = module.result;
    }
  } catch (error) {
    return module.failed(error);
  }
  module.done();
}, function (object) {
  object.value;
}, async function (object) {
  await undefined;
  object.value;
}]`

func (vm *VM) initEvaluator() error {
	v, err := vm.rt.RunScript(bundleName, evaluatorSource)
	if err != nil {
		return err
	}
	list := v.ToObject(vm.rt)
	generator := list.Get("0").ToObject(vm.rt)
	vm.evaluator = evaluator{
		next:      vm.function(generator.Get("next")),
		throw:     vm.function(generator.Get("throw")),
		drive:     vm.function(list.Get("1")),
		read:      vm.function(list.Get("2")),
		readLater: vm.function(list.Get("3")),
	}
	return nil
}

// getter returns an object whose property of this name calls f.
func (vm *VM) getter(name string, f func() goja.Value) *goja.Object {
	object := vm.rt.CreateObject(nil)
	get := vm.newFunc("", 0, func(goja.FunctionCall) goja.Value { return f() })
	rethrow(object.DefineAccessorProperty(name, get, nil, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return object
}

// enqueueJob calls job after the script code that runs now. The job must not throw.
func (vm *VM) enqueueJob(job func()) {
	_, err := vm.evaluator.readLater(goja.Undefined(), vm.getter("value", func() goja.Value {
		job()
		return goja.Undefined()
	}))
	rethrow(err)
}

// withoutJobs runs f, which may call script code several times, and runs promise jobs only after
// it.
func (vm *VM) withoutJobs(f func() error) error {
	var result error
	_, err := vm.evaluator.read(goja.Undefined(), vm.getter("value", func() goja.Value {
		if result = f(); result != nil && isUncatchable(result) {
			rethrow(result)
		}
		return goja.Undefined()
	}))
	if result != nil {
		return result
	}
	return err
}
