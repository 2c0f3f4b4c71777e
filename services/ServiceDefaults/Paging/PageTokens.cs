using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Paging;

/// <summary>
/// Opaque tokens for paging and for resuming a watch. One names the suite, the kind of request that it belongs to and what the request
/// asked for, so that it is refused where it comes to another suite, with another request, or with other filters, instead of being taken
/// for a place there. The place is
/// sealed: a number that rises with everything that happens would tell a reader of one country how much happens in others. Thread-safe.
/// </summary>
/// <param name="suite">
/// The suite as it is now: its mark, which is the epoch of its store, so that a restored suite does not go on in what it has forgotten; and
/// what all of its processes know and nobody else, which seals.
/// </param>
public sealed class PageTokens(Func<(string Mark, string Secret)> suite)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Numbers are of one length, which tells nothing.</summary>
    private const string Number = "D19";

    /// <summary>Stands for the filters in a token that a list gives for a watch, which may choose its own.</summary>
    private const string AnyFilters = "*";

    private static readonly HashSet<string> s_ofThePage = ["page_size", "page_token", "resume_token"];

    /// <summary>Makes the token that goes on where this request's answer ends.</summary>
    public string Encode(IMessage request, long value)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Encode(request.Descriptor, FiltersOf(request), value.ToString(Number, CultureInfo.InvariantCulture));
    }

    /// <summary>Makes the token that goes on where this request's answer ends, from a place that is more than a number.</summary>
    public string Encode(IMessage request, string place)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Encode(request.Descriptor, FiltersOf(request), place);
    }

    /// <summary>Makes the token from which a watch, of whatever filters, starts behind a list.</summary>
    public string Start(MessageDescriptor watch, long value) =>
        Encode(watch, AnyFilters, value.ToString(Number, CultureInfo.InvariantCulture));

    /// <summary>Reads a request's token; an empty one is <paramref name="empty"/>.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_TOKEN where it is not one of ours, or of another request.</exception>
    public long Decode(IMessage request, string field, string token, long empty = 0)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.Length == 0 ? empty
            : long.TryParse(PlaceOf(request, field, token), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw NotOurs(field);
    }

    /// <summary>Reads the place in a request's token.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_TOKEN where it is not one of ours, or of another request.</exception>
    public string PlaceOf(IMessage request, string field, string token)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(token);
        var bytes = Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        var end = bytes.AsSpan().IndexOf((byte)':');
        if (end < 0)
        {
            throw NotOurs(field);
        }

        if (Encoding.ASCII.GetString(bytes.AsSpan(0, end)) != suite().Mark)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidToken,
                field,
                "The token is of another suite, or of this one before it was restored or taken over. Start without one."
            );
        }

        if (Unsealed(bytes.AsSpan(end + 1))?.Split(':') is not [var kind, var filters, var place])
        {
            throw NotOurs(field);
        }

        if (kind != request.Descriptor.Name)
        {
            throw Fault.Field(V1.ErrorReason.InvalidToken, field, "The token is of another call. Start without one.");
        }

        return filters == AnyFilters || filters == FiltersOf(request)
            ? place
            : throw Fault.Field(
                V1.ErrorReason.InvalidToken,
                field,
                "The token is of a request with other filters. Send it with those, or start without one."
            );
    }

    /// <summary>Reads the place in a list's token that is more than a number; <see langword="null"/> for the first page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">Its <c>page_token</c>.</param>
    /// <param name="parse">Reads a place; <see langword="null"/> where it is none.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_TOKEN where it is not one of ours, or of another request.</exception>
    public T? After<T>(IMessage request, string token, Func<string, T?> parse)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(parse);
        return token.Length == 0 ? null : parse(PlaceOf(request, "page_token", token)) ?? throw NotOurs("page_token");
    }

    /// <summary>Refuses a watch's token from a place that has not been reached yet: it is another suite's.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_TOKEN.</exception>
    public static void NotAhead(long position, long head)
    {
        if (position > head)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidToken,
                "resume_token",
                "The token is ahead of everything that this suite has recorded, so another one gave it. List, then watch with the list's."
            );
        }
    }

    /// <summary>The page size to use: the default for 0, at most the limit.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD where it is negative.</exception>
    public static int Size(int requested, int standard, int limit) =>
        requested switch
        {
            < 0 => throw Fault.Field(V1.ErrorReason.InvalidField, "page_size", "The page size must not be negative."),
            0 => standard,
            _ => Math.Min(requested, limit),
        };

    private string Encode(MessageDescriptor kind, string filters, string place) =>
        Base64Url.EncodeToString([.. Encoding.ASCII.GetBytes($"{suite().Mark}:"), .. Sealed($"{kind.Name}:{filters}:{place}")]);

    private byte[] Sealed(string text)
    {
        var plain = Encoding.ASCII.GetBytes(text);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = Cipher();
        cipher.Encrypt(nonce, plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes));
        return whole;
    }

    private string? Unsealed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = Cipher();
        try
        {
            cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain);
            return Encoding.ASCII.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private AesGcm Cipher() =>
        new(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(suite().Secret), 32, info: "page tokens"u8.ToArray()),
            TagBytes
        );

    private static string FiltersOf(IMessage request)
    {
        var filters = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        foreach (var field in request.Descriptor.Fields.InFieldNumberOrder().Where(field => s_ofThePage.Contains(field.Name)))
        {
            field.Accessor.Clear(filters);
        }

        return Convert.ToHexStringLower(SHA256.HashData(filters.ToByteArray()).AsSpan(0, 8));
    }

    private static Grpc.Core.RpcException NotOurs(string field) =>
        Fault.Field(V1.ErrorReason.InvalidToken, field, "The token is not one of ours. Start without one.");
}
