using Google.Protobuf;

namespace EarlyWarning.Contracts.Catalogue;

/// <summary>
/// How the answer of a write of the catalogue is kept, in the transaction of its change, so that the write is recognised when it is sent
/// again.
/// </summary>
/// <param name="Mark">The request's mark: its lines are the caller, the id, the method and the content.</param>
/// <param name="Response">The response, but for what the change adds to it.</param>
[GenerateSerializer, Immutable, Alias("kept-request")]
public sealed record KeptRequest([property: Id(0)] string Mark, [property: Id(1)] byte[] Response)
{
    /// <summary>Makes one; <see langword="null"/> where the mark is empty, because the request has no id.</summary>
    /// <param name="mark">The request's mark.</param>
    /// <param name="response">What the response has beside the change.</param>
    public static KeptRequest? Of(string mark, IMessage? response = null)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return mark.Length == 0 ? null : new(mark, response?.ToByteArray() ?? []);
    }
}
