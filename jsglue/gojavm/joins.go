package gojavm

import (
	"weak"

	"github.com/dop251/goja"
)

// maxJoined is how many prototypes may stand behind an object in chains that a script has
// joined: goja needs some 200 bytes of its stack for each.
const maxJoined = 500_000

// weightOfProxy is what a proxy or a bound function counts in such a chain: goja needs more of
// its stack for it.
const weightOfProxy = 8

// joins bounds chains that grow at their ends. An object that gets another prototype may stand
// behind any number of objects, and has no references to these.
type joins struct {
	most    int                         // maxJoined, or less in a test
	objects []weak.Pointer[goja.Object] // those that got another prototype
	longest int                         // no chain is longer
}

// add throws if a chain may be too long when target gets a prototype whose chain is c.
func (j *joins) add(vm *VM, target *goja.Object, c chain) {
	added := c.length + 1
	if !c.plain {
		added *= weightOfProxy
	}
	if j.longest+added > j.most {
		j.measure()
	}
	if j.longest+added > j.most {
		vm.throwRange("the chain of prototypes, proxies or bound functions is too long")
	}
	j.longest += added
	j.objects = append(j.objects, weak.Make(target))
}

// measure finds how long the chains are, and forgets objects that are gone.
func (j *joins) measure() {
	lengths := map[*goja.Object]int{}
	alive := j.objects[:0]
	longest := 0
	for _, pointer := range j.objects {
		object := pointer.Value()
		if object == nil {
			continue
		}
		if _, again := lengths[object]; !again {
			alive = append(alive, pointer)
		}
		longest = max(longest, joinedLength(object, lengths))
	}
	clear(j.objects[len(alive):])
	j.objects = alive
	j.longest = longest + maxChain*weightOfProxy // which may stand before any of them
}

// joinedLength is the length of a chain, and notes those of all chains in it.
func joinedLength(first *goja.Object, lengths map[*goja.Object]int) int {
	type visit struct {
		object  *goja.Object
		entered bool
	}
	for stack := []visit{{first, false}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		object := top.object
		if _, known := lengths[object]; known && !top.entered {
			stack = stack[:len(stack)-1]
			continue
		}
		behind := appendBehind(nil, object)
		if !top.entered {
			top.entered = true
			lengths[object] = maxJoined // if a chain leads back to it
			for _, next := range behind {
				stack = append(stack, visit{next, false})
			}
			continue
		}
		length := 0
		for _, next := range behind {
			length = max(length, lengths[next])
		}
		if kind := selfType(object); kind == proxyType || kind == boundType {
			length += weightOfProxy
		} else {
			length++
		}
		lengths[object] = min(length, maxJoined)
		stack = stack[:len(stack)-1]
	}
	return lengths[first]
}
