using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Runtime.Storage.Index;

/// <summary>128 bits that stand for an instance id: two ids with the same ones will not be found, not even on purpose.</summary>
internal readonly record struct IdHash(ulong High, ulong Low)
{
    private const int LargestOnStack = 512;

    public static IdHash Of(string id)
    {
        var largest = Encoding.UTF8.GetMaxByteCount(id.Length);
        var utf8 = largest <= LargestOnStack ? stackalloc byte[LargestOnStack] : new byte[largest];
        return Of(utf8[..Encoding.UTF8.GetBytes(id, utf8)]);
    }

    public static IdHash Of(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return new IdHash(BinaryPrimitives.ReadUInt64LittleEndian(hash), BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]));
    }
}
