using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Values;
using Google.Protobuf;

namespace EarlyWarning.Scoring.Cache;

/// <summary>
/// Hashes everything that a result follows from, so that the same question is found again and another is not. The builds of engine, service
/// and messages belong to it: a newer build never answers with what an older one computed.
/// </summary>
internal sealed class ContentKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Starts a key.</summary>
    /// <param name="kind">What is computed.</param>
    public ContentKey(string kind)
    {
        Kind = kind;
        Add(kind);
        Add(typeof(CompiledFramework).Module.ModuleVersionId.ToByteArray());
        Add(typeof(ContentKey).Module.ModuleVersionId.ToByteArray());
        Add(typeof(V1.Computation).Module.ModuleVersionId.ToByteArray());
    }

    /// <summary>What is computed.</summary>
    public string Kind { get; }

    /// <summary>Adds a text.</summary>
    public ContentKey Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a number.</summary>
    public ContentKey Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Add(bytes);
    }

    /// <summary>Adds values, bit by bit.</summary>
    public ContentKey Add(ReadOnlySpan<double> values) => Add(MemoryMarshal.AsBytes(values));

    /// <summary>Adds a message; an absent one is not an empty one.</summary>
    public ContentKey Add(IMessage? message) => message is null ? Add(-1) : Add(message.ToByteArray());

    /// <summary>Adds the countries' values; not the positions that they are of, which change without them.</summary>
    public ContentKey Add(IReadOnlyList<CountryRow> rows)
    {
        Add(rows.Count);
        foreach (var row in rows)
        {
            Add(row.Country).Add(row.Values).Add(row.StandardErrors);
        }

        return this;
    }

    /// <summary>Adds ranges by indicator, in the order of their codes.</summary>
    public ContentKey Add(IReadOnlyDictionary<string, ValueRange> ranges)
    {
        foreach (var (code, range) in ranges.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(code).Add([range.Low, range.High]);
        }

        return this;
    }

    /// <summary>Ends the key.</summary>
    /// <returns>32 hexadecimal digits.</returns>
    public string Finish()
    {
        var digest = Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16));
        _hash.Dispose();
        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private ContentKey Add(ReadOnlySpan<byte> bytes)
    {
        // With their length, so that parts cannot run into each other.
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
        return this;
    }
}
