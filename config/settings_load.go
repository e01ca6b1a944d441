package config

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

const (
	settingsFile = "wherry.yaml"
	keyDelimiter = "::" // so that a dot in a key is only a dot
)

// origin says where the value of a setting came from, so that a fault in it is shown there.
type origin struct {
	file  *source
	flags *pflag.FlagSet
	bound map[string]string // key -> flag name
	bad   bool              // the settings could not be decoded; nothing more can be checked
}

// loadSettings reads wherry.yaml under viper's precedence. Lists come from the file alone;
// every single value may also come from a variable such as WHERRY_LIMITS_THREADS.
func loadSettings(fsys fs.FS, flags *pflag.FlagSet, into *Settings) (*origin, Problems) {
	raw := map[string]any{}
	file := readStrict(fsys, settingsFile, "mapstructure", Settings{}, &raw)
	o := &origin{file: file, flags: flags, bound: boundFlags()}
	if len(file.problems) > 0 {
		o.bad = true
		return o, file.problems
	}
	v := viper.NewWithOptions(viper.KeyDelimiter(keyDelimiter))
	setDefaults(v)
	if err := v.MergeConfigMap(raw); err != nil {
		return o.refuse(err)
	}
	leaves := leafKeys(reflect.TypeFor[Settings](), "")
	for key := range leaves {
		if err := v.BindEnv(key, variable(key)); err != nil {
			return o.refuse(err)
		}
	}
	if err := o.bind(v); err != nil {
		return o.refuse(err)
	}
	if found := o.checkOverrides(v, leaves); len(found) > 0 {
		o.bad = true
		return o, found
	}
	err := v.UnmarshalExact(into, viper.DecodeHook(textHook()), func(c *mapstructure.DecoderConfig) {
		c.WeaklyTypedInput = false
	})
	if err != nil {
		return o.refuse(err)
	}
	return o, nil
}

// setDefaults gives the settings a partnership rarely changes.
func setDefaults(v *viper.Viper) {
	for key, value := range map[string]any{
		"cut_off_days": 31, "meeting_days": 50,
		"paths::inbox": "inbox", "paths::outbox": "outbox", "paths::archive": "archive",
		"paths::warehouse": "warehouse", "paths::published": "published",
		"schedule::time_zone": "Europe/London", "schedule::receive": "0 2 * * *",
		"schedule::publish": "0 6 1 2,5,8,11 *", "schedule::retries": 3, "schedule::retry_after": "10m",
		"fetching::settle": "30s", "fetching::tries": 4, "fetching::timeout": "30m",
		"limits::memory": "2GB", "limits::threads": 2, "limits::query": "2m",
		"limits::extract_bytes": int64(4 << 30), "limits::extract_rows": int64(50_000_000),
	} {
		v.SetDefault(key, value)
	}
}

// boundFlags are the settings that a command line may give, and their flags.
func boundFlags() map[string]string {
	return map[string]string{"as_at": "as-at", "limits::memory": "memory", "limits::threads": "threads"}
}

func (o *origin) bind(v *viper.Viper) error {
	if o.flags == nil {
		return nil
	}
	for key, name := range o.bound {
		f := o.flags.Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		if err := v.BindPFlag(key, f); err != nil {
			return fmt.Errorf("binding --%s: %w", name, err)
		}
	}
	return nil
}

func (o *origin) refuse(err error) (*origin, Problems) {
	o.bad = true
	return o, Problems{{File: o.file.file, Msg: "the settings cannot be read together: " + err.Error()}}
}

// checkOverrides finds the flags and variables whose text does not fit their setting.
func (o *origin) checkOverrides(v *viper.Viper, leaves map[string]reflect.Type) Problems {
	var found Problems
	for _, key := range keysOf(leaves) {
		text, given := v.Get(key).(string)
		if from := o.override(key); !given || from == "" {
			continue
		}
		if _, err := fromText(text, leaves[key]); err != nil {
			msg, hint := err.Error(), ""
			if leaves[key] == reflect.TypeFor[time.Duration]() {
				hint = "give the unit: 30s, 5m or 2h"
			}
			found = append(found, o.fault(key, msg, hint))
		}
	}
	return found
}

// override names the flag or variable that gives a setting, "" where neither does.
func (o *origin) override(key string) string {
	if o.flags != nil && o.bound[key] != "" {
		if f := o.flags.Lookup(o.bound[key]); f != nil && f.Changed {
			return "--" + f.Name
		}
	}
	if os.Getenv(variable(key)) != "" {
		return variable(key)
	}
	return ""
}

// fault is a Problem in the setting key, placed at the flag, variable or line it came from.
func (o *origin) fault(key, msg, hint string) Problem {
	if from := o.override(key); from != "" {
		return Problem{File: from, Msg: msg, Hint: hint}
	}
	at := o.file.places.of(strings.ReplaceAll(key, keyDelimiter, "."))
	return Problem{o.file.file, at.line, at.col, msg, hint}
}

// variable is the environment variable of a setting: limits::threads, WHERRY_LIMITS_THREADS.
func variable(key string) string {
	return "WHERRY_" + strings.ToUpper(strings.ReplaceAll(key, keyDelimiter, "_"))
}

// leafKeys are the keys of single values in t, with their types; lists are left out.
func leafKeys(t reflect.Type, above string) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		key := above + f.Tag.Get("mapstructure")
		switch f.Type.Kind() {
		case reflect.Slice:
		case reflect.Struct:
			for k, v := range leafKeys(f.Type, key+keyDelimiter) {
				out[k] = v
			}
		default:
			out[key] = f.Type
		}
	}
	return out
}

// textHook turns the text of variables, flags and durations into the type of the setting.
// The file itself is already known to hold values of the right kind.
func textHook() mapstructure.DecodeHookFuncType {
	return func(from, to reflect.Type, data any) (any, error) {
		if from.Kind() != reflect.String || to.Kind() == reflect.String {
			return data, nil
		}
		return fromText(data.(string), to)
	}
}

func fromText(text string, to reflect.Type) (any, error) {
	if to == reflect.TypeFor[time.Duration]() {
		d, err := time.ParseDuration(text)
		if err != nil || text == "0" {
			return nil, fmt.Errorf("%q is not a length of time", text)
		}
		return d, nil
	}
	switch to.Kind() {
	case reflect.Bool:
		if b, err := strconv.ParseBool(text); err == nil {
			return b, nil
		}
		return nil, fmt.Errorf("%q is not true or false", text)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", text)
		}
		if to.Kind() == reflect.Int {
			return int(n), nil
		}
		return n, nil
	}
	return text, nil
}
