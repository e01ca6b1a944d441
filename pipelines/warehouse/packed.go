package warehouse

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// zipHolds says whether a file is a zip that holds one whose hash is erased. No more is unpacked
// than an extract may be (pipelines/intake: 64 MB, or 200 times the zip's size): what is beyond
// never loaded.
func zipHolds(path string, size int64, erased func(hash string) bool) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	left := max(64<<20, 200*size)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		h := sha256.New()
		n, err := io.Copy(h, io.LimitReader(r, left))
		_ = r.Close()
		if left -= n; err == nil && erased(hex.EncodeToString(h.Sum(nil))) {
			return true
		}
	}
	return false
}
