using System.Buffers.Binary;
using EarlyWarning.Catalogue;
using EarlyWarning.Store.Journals;
using Google.Protobuf;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>
/// Changes of the catalogue as journalled: the accepted requests. The payload is a format byte, a kind byte, and the request in proto form.
/// </summary>
internal static class CatalogueJournal
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

    /// <summary>Reads a journal entry; one that cannot be read moves the revision on and changes nothing, so that folding is total.</summary>
    public static CatalogueEntry Read(JournalEntry entry) => new(entry.Position, entry.RecordedAt, Parse(entry.Payload.Span));

    /// <summary>Writes a journal entry with its position and time, for the silos that fold it.</summary>
    public static byte[] Wrap(JournalEntry entry)
    {
        var bytes = new byte[HeaderLength + entry.Payload.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, entry.Position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), entry.RecordedAt.UtcTicks);
        entry.Payload.CopyTo(bytes.AsMemory(HeaderLength));
        return bytes;
    }

    /// <summary>Reads what <see cref="Wrap"/> wrote.</summary>
    public static CatalogueEntry Unwrap(ReadOnlyMemory<byte> wrapped) => Read(new(
        BinaryPrimitives.ReadInt64LittleEndian(wrapped.Span),
        new(BinaryPrimitives.ReadInt64LittleEndian(wrapped.Span[8..]), TimeSpan.Zero),
        wrapped[HeaderLength..]));

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
