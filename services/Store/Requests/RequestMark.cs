namespace EarlyWarning.Store.Requests;

/// <summary>What a write is recognised by where it is sent again. As one text it is a line for each, in this order.</summary>
/// <param name="Caller">Whose id it is: two callers may choose the same.</param>
/// <param name="Id">The id of the caller's choice.</param>
/// <param name="Method">The full name of the rpc.</param>
/// <param name="Content">What the request says, in a form of its reader's.</param>
public sealed record RequestMark(string Caller, string Id, string Method, string Content)
{
    /// <summary>Reads the text.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RequestMark Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n') is [var caller, var id, var method, var content]
            ? new(caller, id, method, content)
            : throw new ArgumentException("A mark has four lines.", nameof(text));
    }
}

/// <summary>What is kept of a write.</summary>
/// <param name="Mark">What it is recognised by.</param>
/// <param name="Reached">How far it has come; empty once its answer is whole.</param>
/// <param name="Answer">The answer, or what there is of it so far.</param>
public sealed record StoredRequest(RequestMark Mark, string Reached, byte[] Answer);
