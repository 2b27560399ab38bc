package gojavm

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/dop251/goja"
)

// json adds a module whose default export is the value of a JSON text. If members is set, those of
// an object are exports too.
func (l *loading) json(key string, s *source, members bool) (*module, error) {
	var skipped json.RawMessage
	if err := json.Unmarshal([]byte(s.text), &skipped); err != nil {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) {
			return nil, s.fault("SyntaxError: %s", err)
		}
		before := s.text[:max(0, min(int(syntax.Offset)-1, len(s.text)))]
		return nil, placedError("SyntaxError: "+syntax.Error(), s.name, 1+strings.Count(before, "\n"), len(before)-strings.LastIndexByte(before, '\n'))
	}
	var value goja.Value
	if err := l.vm.attempt(func() { value = l.vm.jsonParse(l.vm.rt.ToValue(s.text).(goja.String)) }); err != nil {
		return nil, err
	}
	exports := map[string]goja.Value{"default": value}
	if obj, ok := value.(*goja.Object); ok && members && obj.ClassName() == "Object" {
		for _, name := range obj.Keys() {
			if name != "default" {
				exports[name] = obj.Get(name)
			}
		}
	}
	return l.addValues(key, s.name, exports), nil
}
