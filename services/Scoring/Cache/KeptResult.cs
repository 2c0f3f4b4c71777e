using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.IO.Hashing;
using Google.Protobuf;
using Microsoft.Extensions.Caching.Hybrid;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// A result as it is kept: a checksum of the rest, what it cost to compute, and the message. Immutable, so that the cache in this process
/// hands it out without a copy.
/// </summary>
[ImmutableObject(true)]
internal sealed class KeptResult
{
    /// <summary>How much longer it is than its message.</summary>
    public const int HeaderLength = ChecksumLength + sizeof(double);

    private const int ChecksumLength = sizeof(ulong);
    private static readonly KeptResult s_damaged = new([]);
    private readonly byte[] _bytes;

    private KeptResult(byte[] bytes) => _bytes = bytes;

    /// <summary>Its bytes, to be kept elsewhere.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Keeps a result.</summary>
    public static KeptResult Of(IMessage result, TimeSpan cost)
    {
        var bytes = new byte[HeaderLength + result.CalculateSize()];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(ChecksumLength), cost.TotalSeconds);
        result.WriteTo(bytes.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Checksum(bytes));
        return new(bytes);
    }

    /// <summary>Takes what was kept elsewhere; what was damaged there cannot be read.</summary>
    public static KeptResult From(byte[] bytes) =>
        bytes.Length >= HeaderLength && BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Checksum(bytes) ? new(bytes) : s_damaged;

    /// <summary>Reads the result, for each caller anew.</summary>
    /// <returns>The result and what it cost; <see langword="null"/> where it cannot be read.</returns>
    public (T Result, TimeSpan Cost)? Read<T>()
        where T : IMessage<T>, new()
    {
        if (_bytes.Length < HeaderLength)
        {
            return null;
        }

        var seconds = BinaryPrimitives.ReadDoubleLittleEndian(_bytes.AsSpan(ChecksumLength));
        if (!(seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds))
        {
            return null;
        }

        try
        {
            var result = new T();
            result.MergeFrom(_bytes.AsSpan(HeaderLength));
            return (result, TimeSpan.FromSeconds(seconds));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static ulong Checksum(byte[] bytes) => XxHash3.HashToUInt64(bytes.AsSpan(ChecksumLength));

    /// <summary>Writes the bytes as they are.</summary>
    internal sealed class Serializer : IHybridCacheSerializer<KeptResult>
    {
        public KeptResult Deserialize(ReadOnlySequence<byte> source) => From(source.ToArray());

        public void Serialize(KeptResult value, IBufferWriter<byte> target) => target.Write(value.Bytes);
    }
}
