package config

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// place is where a value stands in a file; both count from 1.
type place struct{ line, col int }

// places is where the keys and items of a file stand, by their paths, such as columns.3.type.
type places map[string]place

// of is the place of the path, or of the nearest path above it that has one.
func (p places) of(path string) place {
	for {
		if at, ok := p[path]; ok {
			return at
		}
		cut := strings.LastIndexByte(path, '.')
		if cut < 0 {
			return p[""]
		}
		path = path[:cut]
	}
}

// source is one YAML file while it is being checked: the places of its keys, and the faults
// found so far.
type source struct {
	file     string // as people know it: config/contracts/x.yaml
	tag      string // struct tag that names the keys: yaml or mapstructure
	places   places
	problems Problems
	broken   bool // a value is of the wrong kind, so that the file cannot be decoded
}

// readStrict parses the file, checks its shape against the struct shape and, where every
// value is of the right kind, decodes it into into. Unknown keys are faults, yet do not
// keep the rest from being decoded and checked. tag names the struct tag that holds the keys.
func readStrict(fsys fs.FS, name, tag string, shape, into any) *source {
	s := &source{file: "config/" + name, tag: tag, places: places{}}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		s.unfit("", "the file cannot be read: "+reason(err), "")
		return s
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		s.syntax(err)
		return s
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.unfit("", "the file must hold exactly one YAML document", "remove the lines that hold only ---, and leave none empty")
		return s
	}
	s.walk(file.Docs[0].Body, reflect.TypeOf(shape), "")
	if s.broken {
		return s
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		s.syntax(err)
	}
	return s
}

// syntax adds a fault of the YAML itself, at its place where the parser gives one.
func (s *source) syntax(err error) {
	p := Problem{File: s.file, Msg: "is not valid YAML", Hint: "check the indentation, quotes and colons near this line"}
	var at yaml.Error
	if errors.As(err, &at) {
		p.Msg += ": " + at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Col = t.Position.Line, t.Position.Column
		}
	}
	s.problems, s.broken = append(s.problems, p), true
}

// unfit records a fault that keeps the file from being decoded.
func (s *source) unfit(path, msg, hint string) {
	s.add(path, msg, hint)
	s.broken = true
}

// add records a fault at the path, or at the nearest path above it that has a place.
func (s *source) add(path, msg, hint string) {
	at := s.places.of(path)
	s.problems = append(s.problems, Problem{s.file, at.line, at.col, msg, hint})
}

func (s *source) walk(n ast.Node, t reflect.Type, path string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if _, seen := s.places[path]; !seen {
		s.places[path] = placeOf(n)
	}
	switch v := n.(type) {
	case *ast.NullNode:
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		s.unfit(path, "anchors, aliases and tags are not used here", "write the value out")
		return
	case *ast.MappingNode:
		s.mapping(v.Values, t, path)
		return
	case *ast.MappingValueNode:
		s.mapping([]*ast.MappingValueNode{v}, t, path)
		return
	case *ast.SequenceNode:
		if t.Kind() != reflect.Slice {
			s.unfit(path, "this is a list, and "+wanted(t)+" is wanted", "")
			return
		}
		for i, item := range v.Values {
			s.walk(item, t.Elem(), join(path, strconv.Itoa(i)))
		}
		return
	}
	s.scalar(n, t, path)
}

func (s *source) mapping(values []*ast.MappingValueNode, t reflect.Type, path string) {
	if t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		s.unfit(path, "this has keys, and "+wanted(t)+" is wanted", "")
		return
	}
	fields := s.fields(t)
	for _, kv := range values {
		key := kv.Key.GetToken().Value
		sub := join(path, key)
		s.places[sub] = placeOf(kv.Key)
		if t.Kind() == reflect.Map {
			s.walk(kv.Value, t.Elem(), sub)
			continue
		}
		ft, known := fields[key]
		if !known {
			s.add(sub, fmt.Sprintf("unknown key %q", key), didYouMean(key, keysOf(fields)))
			continue
		}
		s.walk(kv.Value, ft, sub)
	}
}

func (s *source) scalar(n ast.Node, t reflect.Type, path string) {
	if t == reflect.TypeFor[time.Duration]() {
		s.duration(n, path)
		return
	}
	var fits bool
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		fits = t.Kind() == reflect.String
	case *ast.IntegerNode:
		fits = t.Kind() == reflect.Int || t.Kind() == reflect.Int64
	case *ast.BoolNode:
		fits = t.Kind() == reflect.Bool
	}
	if fits {
		return
	}
	hint := ""
	if t.Kind() == reflect.String {
		hint = "put it in quotes"
	}
	s.unfit(path, fmt.Sprintf("%s is not %s", n.GetToken().Value, wanted(t)), hint)
}

func (s *source) duration(n ast.Node, path string) {
	text := n.GetToken().Value
	if _, err := time.ParseDuration(text); err != nil || n.Type() == ast.IntegerType {
		s.unfit(path, fmt.Sprintf("%q is not a length of time", text), "give the unit: 30s, 5m or 2h")
	}
}

// fields maps each key of a struct to the type of its value.
func (s *source) fields(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	if t.Kind() != reflect.Struct {
		return out
	}
	for i := range t.NumField() {
		if key, _, _ := strings.Cut(t.Field(i).Tag.Get(s.tag), ","); key != "" && key != "-" {
			out[key] = t.Field(i).Type
		}
	}
	return out
}

func placeOf(n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		n = m.Key
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return place{t.Position.Line, t.Position.Column}
	}
	return place{}
}

func wanted(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return "a length of time"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list"
	case t.Kind() == reflect.Struct, t.Kind() == reflect.Map:
		return "a block of keys"
	}
	return "a whole number"
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// reason is why a file could not be read, without the path, which the Problem names.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
