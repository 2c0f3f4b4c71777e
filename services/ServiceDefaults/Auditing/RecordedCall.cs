using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>A feature of a call that goes on record, done or failed.</summary>
public sealed class RecordedCall
{
    private RecordedCall() { }

    /// <summary>Says that a call goes on record.</summary>
    public static void Mark(HttpContext context) =>
        (context ?? throw new ArgumentNullException(nameof(context))).Features.Set(new RecordedCall());

    /// <summary>Whether a call goes on record.</summary>
    internal static bool Is(HttpContext context) => context.Features.Get<RecordedCall>() is not null;
}
