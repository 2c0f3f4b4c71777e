using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Auditing;

/// <summary>Which acts on record are listed, as the page's address says it, so that it can be sent on. Immutable.</summary>
/// <param name="Caller">Those of one caller; empty for all.</param>
/// <param name="Method">Those of one call; empty for all.</param>
/// <param name="Code">Those that ended so; empty for all.</param>
/// <param name="From">Those of this day and later, as <c>2026-11-01</c>; empty for all.</param>
/// <param name="Until">Those of this day and before; empty for all.</param>
internal sealed record RecordFilter(string Caller, string Method, string Code, string From, string Until)
{
    /// <summary>Gets whether it leaves anything out.</summary>
    public bool Narrows => (Caller + Method + Code + From + Until).Length > 0;

    /// <summary>Gets a day that is none; empty where both can be read, or are not given.</summary>
    public string Unread => new[] { From, Until }.FirstOrDefault(one => one.Length > 0 && DayOf(one) is null) ?? "";

    /// <summary>The address of a page of the list.</summary>
    /// <param name="page">The page's token; empty for the first.</param>
    /// <param name="after">How many entries the pages before have.</param>
    public string Address(string page = "", int after = 0)
    {
        (string Name, string Value)[] parts =
        [
            ("caller", Caller),
            ("method", Method),
            ("code", Code),
            ("from", From),
            ("until", Until),
            ("page", page),
            ("after", page.Length > 0 ? $"{after}" : ""),
        ];
        var query = string.Join(
            '&',
            parts.Where(one => one.Value.Length > 0).Select(one => $"{one.Name}={System.Uri.EscapeDataString(one.Value)}")
        );
        return $"/audit{(query.Length > 0 ? "?" : "")}{query}";
    }

    /// <summary>The question that the suite is asked.</summary>
    public ListAuditEntriesRequest Request(string page, int size) =>
        new()
        {
            Caller = Caller,
            Method = Method,
            Code = Code,
            FromTime = DayOf(From)?.ToTimestamp(),
            BeforeTime = DayOf(Until) is { } last && last < DateTime.MaxValue.Date ? last.AddDays(1).ToTimestamp() : null,
            PageSize = size,
            PageToken = page,
        };

    private static DateTime? DayOf(string text) =>
        DateTime.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var day
        )
            ? day
            : null;
}
