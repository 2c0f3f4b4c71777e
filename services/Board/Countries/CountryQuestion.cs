namespace EarlyWarning.Board.Countries;

/// <summary>What a country's page asks the suite for.</summary>
/// <param name="Country">The country's code.</param>
/// <param name="Framework">The framework's id.</param>
/// <param name="Beside">The id of the framework that is read beside it; empty for none.</param>
/// <param name="Span">The chart's span.</param>
/// <param name="Since">From when on changes are told.</param>
/// <param name="AsKnownAt">The moment whose knowledge is asked for; <see langword="null"/> for the present.</param>
/// <param name="WithWarnings">Whether the viewer may see its breaches, cases and messages.</param>
internal sealed record CountryQuestion(
    string Country,
    string Framework,
    string Beside,
    string Span,
    string Since,
    DateTimeOffset? AsKnownAt,
    bool WithWarnings
)
{
    /// <summary>Gets the name of the risk that is asked for.</summary>
    public string Name => $"frameworks/{Framework}/risks/{Country}";

    /// <summary>From when on changes are told.</summary>
    public DateTimeOffset SinceWhen(DateTimeOffset now) => (AsKnownAt ?? now) - (CountryAddress.Length(Since) ?? TimeSpan.FromDays(1));
}
