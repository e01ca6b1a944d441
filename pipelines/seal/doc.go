// Package seal opens and makes files that are encrypted with age (age-encryption.org/v1).
//
//  1. Keys reads what opens files sealed to a partnership: an identity file, a passphrase.
//  2. Open gives what is in a sealed file, binary or armoured, as a stream. Every 64 KiB of it
//     are authentic when they are read; that the file is whole is known at its end, so nothing
//     may be used before that.
//  3. Write seals a stream to the recipients of the settings.
//
// What can be wrong with a sealed file is a *Fault, whose words say nothing of a key.
package seal
