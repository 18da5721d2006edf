using System.Buffers.Binary;
using System.Numerics;

namespace CallCenter.Runtime.Storage.Journal;

/// <summary>CRC-32C (Castagnoli), which processors compute by themselves.</summary>
internal static class Crc
{
    /// <summary>The checksum of some bytes, going on from a seed.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var crc = ~seed;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
