namespace CallCenter.Runtime.Storage.Journal;

/// <summary>Unsigned numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth bit says that more follow.</summary>
internal static class Varint
{
    public const int MaxSize = 10;

    public static int Write(Span<byte> to, ulong value)
    {
        var size = 0;
        while (value >= 0x80)
        {
            to[size++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[size++] = (byte)value;
        return size;
    }

    /// <summary>Takes a number off the front; false when there is none.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (var size = 0; size < from.Length && size < MaxSize; size++)
        {
            value |= (ulong)(from[size] & 0x7F) << (7 * size);
            if (from[size] >= 0x80)
                continue;

            from = from[(size + 1)..];
            return true;
        }

        return false;
    }

    /// <summary>Takes a length and so many bytes off the front; false when they are not there.</summary>
    public static bool TryTakeBlock(scoped ref ReadOnlySpan<byte> from, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (!TryTake(ref from, out var length) || length > (ulong)from.Length)
            return false;

        block = from[..(int)length];
        from = from[(int)length..];
        return true;
    }
}
