using System.Buffers;
using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>A request's body, whole, in a buffer that is lent.</summary>
/// <remarks>Dispose it once, when nothing reads <see cref="Bytes"/> any more.</remarks>
internal readonly struct RequestBody : IDisposable
{
    private const int FirstLength = 16 * 1024;
    private readonly byte[] _buffer;
    private readonly int _length;

    private RequestBody(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    /// <summary>Gets the body.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body of JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The most bytes.</param>
    /// <exception cref="RpcException">It is no JSON by its headers, or too large.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int most)
    {
        CheckHeaders(request);
        if (request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength + 1 ?? FirstLength, most + 1L));
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted) is > 0 and var read)
            {
                length += read;
                if (length > most)
                {
                    throw TooLarge(most);
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, most + 1L));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return new(buffer, length);
        }
        catch (Exception exception)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw exception is BadHttpRequestException unreadable
                ? RequestFaults.Malformed("", $"The body cannot be read: {unreadable.Message}")
                : exception;
        }
    }

    /// <summary>Refuses a body where none is taken.</summary>
    public static void RefuseAny(HttpRequest request)
    {
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            throw RequestFaults.Malformed("", $"A {request.Method} takes no body. Write the fields into the query string.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static void CheckHeaders(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(
                type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw Fault.Field(
                V1.ErrorReason.UnsupportedMediaType,
                "content-type",
                $"The body is '{Trailers.Echo(request.ContentType ?? "")}' and not JSON by its content-type. Send application/json."
            );
        }

        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw Fault.Field(
                V1.ErrorReason.UnsupportedMediaType,
                "content-type",
                $"The body is in {Trailers.Echo(type.Charset.Value!)}. Send UTF-8."
            );
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw Fault.Field(
                V1.ErrorReason.UnsupportedMediaType,
                "content-encoding",
                $"A body in {Trailers.Echo(encoding.ToString())} is not taken. Send it as it is."
            );
        }
    }

    private static RpcException TooLarge(int most) =>
        Fault.Of(
            StatusCode.ResourceExhausted,
            V1.ErrorReason.MessageTooLarge,
            $"The body is larger than max_message_bytes of ServerInfo, {most}. Send smaller messages.",
            ("limit", most.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
}
