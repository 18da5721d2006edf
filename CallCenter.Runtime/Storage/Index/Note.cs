using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>What an owner left with an instance that rests: a few bytes, kept where it is so that a million of them are no objects.</summary>
internal struct Note
{
    private const int MaxSize = 31;
    private readonly Bytes _bytes;
    private readonly byte _size;

    /// <summary>One that is longer than any that is written says nothing.</summary>
    public Note(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxSize)
            return;
        bytes.CopyTo(_bytes);
        _size = (byte)bytes.Length;
    }

    /// <summary>True when there is none.</summary>
    public readonly bool IsEmpty => _size == 0;

    /// <summary>The bytes. They hold as long as the note does.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_bytes)[.._size];

    [InlineArray(MaxSize)]
    private struct Bytes
    {
        private byte _first;
    }
}
