using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.ServiceDefaults.Paging;

/// <summary>Opaque tokens for paging and for resuming a watch: a number under a kind, so that one kind is not taken for another.</summary>
public static class PageToken
{
    /// <summary>Makes a token.</summary>
    public static string Encode(string kind, long value)
        => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}:{value}")));

    /// <summary>Reads a token; an empty one is <paramref name="empty"/>.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_TOKEN where it is not one of ours.</exception>
    public static long Decode(string kind, string token, long empty = 0)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length == 0)
        {
            return empty;
        }

        if (Base64Url.IsValid(token)
            && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split(':') is [var found, var number] && found == kind
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        throw Fault.Field(V1.ErrorReason.InvalidToken, kind, "The token is not one of ours. Start without one.");
    }

    /// <summary>The page size to use: the default for 0, at most the limit.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_FIELD where it is negative.</exception>
    public static int Size(int requested, int standard, int limit) => requested switch
    {
        < 0 => throw Fault.Field(V1.ErrorReason.InvalidField, "page_size", "The page size must not be negative."),
        0 => standard,
        _ => Math.Min(requested, limit),
    };
}
