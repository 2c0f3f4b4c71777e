namespace EarlyWarning.Store.Requests;

/// <summary>
/// What a write is recognised by where it is sent again, and what goes on record with it. As one text it is a line for each, in this order.
/// </summary>
/// <param name="Caller">Whose id it is: two callers may choose the same.</param>
/// <param name="Id">The id of the caller's choice; empty where the write is not to be recognised.</param>
/// <param name="Method">The full name of the rpc.</param>
/// <param name="Content">What the request says, in a form of its reader's.</param>
/// <param name="Audit">The entry of the audit, as <see cref="Auditing.AuditRow.Read"/> has it; empty where the write is none that goes on
/// record.</param>
public sealed record RequestMark(string Caller, string Id, string Method, string Content, string Audit = "")
{
    /// <summary>Reads the text.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RequestMark Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('\n') switch
        {
            [var caller, var id, var method, var content] => new(caller, id, method, content),
            [var caller, var id, var method, var content, var audit] => new(caller, id, method, content, audit),
            _ => throw new ArgumentException("A mark has four lines, or five.", nameof(text)),
        };
    }
}

/// <summary>What is kept of a write.</summary>
/// <param name="Mark">What it is recognised by.</param>
/// <param name="Reached">How far it has come; empty once its answer is whole.</param>
/// <param name="Answer">The answer, or what there is of it so far.</param>
public sealed record StoredRequest(RequestMark Mark, string Reached, byte[] Answer);
