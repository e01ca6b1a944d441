package config

import "embed"

// Files is the Norfolk example as contributed: wherry.yaml, contracts, codes, geography
// and reference, rooted as Load expects them.
//
//go:embed wherry.yaml definitions.yaml contracts/*.yaml codes/*.csv geography reference
var Files embed.FS
