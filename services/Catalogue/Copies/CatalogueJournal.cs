using System.Buffers.Binary;
using Google.Protobuf;

namespace EarlyWarning.Catalogue.Copies;

/// <summary>
/// Changes of the catalogue as journalled: the accepted requests. The payload is a format byte, a kind byte, and the request in proto form.
/// </summary>
public static class CatalogueJournal
{
    private const byte Format = 1;
    private const int HeaderLength = 16;

    private static readonly MessageParser[] s_parsers =
    [
        V1.CreateIndicatorsRequest.Parser,
        V1.CreateFrameworkRequest.Parser,
        V1.UpdateThresholdRequest.Parser,
        V1.RetireThresholdRequest.Parser,
        V1.RetireFrameworkRequest.Parser,
    ];

    /// <summary>Writes the payload of a journal entry.</summary>
    public static byte[] Write(IMessage change)
    {
        var kind = change switch
        {
            V1.CreateIndicatorsRequest => 0,
            V1.CreateFrameworkRequest => 1,
            V1.UpdateThresholdRequest => 2,
            V1.RetireThresholdRequest => 3,
            V1.RetireFrameworkRequest => 4,
            _ => throw new ArgumentException($"{change.Descriptor.Name} is no change of the catalogue.", nameof(change)),
        };
        var payload = new byte[2 + change.CalculateSize()];
        (payload[0], payload[1]) = (Format, (byte)kind);
        change.WriteTo(payload.AsSpan(2));
        return payload;
    }

    /// <summary>
    /// Reads a journal entry; one that cannot be read moves the revision on and changes nothing, so that folding is total.
    /// </summary>
    /// <param name="position">The entry's position.</param>
    /// <param name="recordedAt">When it was journalled.</param>
    /// <param name="payload">What <see cref="Write"/> wrote.</param>
    public static CatalogueEntry Read(long position, DateTimeOffset recordedAt, ReadOnlyMemory<byte> payload) =>
        new(position, recordedAt, Parse(payload.Span));

    /// <summary>Writes a journal entry with its position and time, for the processes that fold it.</summary>
    /// <param name="position">The entry's position.</param>
    /// <param name="recordedAt">When it was journalled.</param>
    /// <param name="payload">What <see cref="Write"/> wrote.</param>
    public static byte[] Wrap(long position, DateTimeOffset recordedAt, ReadOnlyMemory<byte> payload)
    {
        var bytes = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), recordedAt.UtcTicks);
        payload.CopyTo(bytes.AsMemory(HeaderLength));
        return bytes;
    }

    /// <summary>Reads what <see cref="Wrap"/> wrote.</summary>
    public static CatalogueEntry Unwrap(ReadOnlyMemory<byte> wrapped) =>
        Read(
            BinaryPrimitives.ReadInt64LittleEndian(wrapped.Span),
            new(BinaryPrimitives.ReadInt64LittleEndian(wrapped.Span[8..]), TimeSpan.Zero),
            wrapped[HeaderLength..]
        );

    private static IMessage? Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2 || payload[0] != Format || payload[1] >= s_parsers.Length)
        {
            return null;
        }

        try
        {
            return s_parsers[payload[1]].ParseFrom(payload[2..]);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
