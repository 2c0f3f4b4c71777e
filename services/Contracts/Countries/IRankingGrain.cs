namespace EarlyWarning.Contracts.Countries;

/// <summary>The countries' present risks under one framework, in order. Key: the framework's id.</summary>
/// <remarks>
/// Countries report to it, at most one report each at a time, and whoever lists or watches risks asks it; calls go beside each other. It
/// keeps the present in memory alone: a new activation asks every country, and watches begin from the present state.
/// </remarks>
public interface IRankingGrain : IGrainWithStringKey
{
    /// <summary>Takes in a country's new risk; an older revision than the one held is passed over.</summary>
    Task ReportAsync(V1.CountryRisk risk);

    /// <summary>
    /// Gets the risks in order, with their rank. Asks every country of which anything is recorded, so whatever was acknowledged before
    /// the call is in the answer.
    /// </summary>
    /// <param name="countries">The countries that are asked, among which their ranks are counted; empty for all.</param>
    Task<RankedCountries> RankAsync(string[] countries);

    /// <summary>
    /// Gets what has changed after a version, the newest state of each country once; waits up to some seconds where nothing has. The way of
    /// a watch: a slow reader skips states and holds nothing back.
    /// </summary>
    /// <param name="after">The version.</param>
    /// <param name="countries">The countries that are watched, among which their ranks are counted; empty for all.</param>
    Task<RankingChanges> ChangesAfterAsync(RankingVersion after, string[] countries);
}

/// <summary>The countries in their order.</summary>
/// <param name="Risks">Their risks, with their rank.</param>
/// <param name="Unreached">The countries that did not answer, by code: what the risks have of them may be old, or nothing.</param>
[GenerateSerializer, Immutable, Alias("ranked-countries")]
public sealed record RankedCountries(
    [property: Id(0)] IReadOnlyList<V1.CountryRisk> Risks,
    [property: Id(1)] IReadOnlyList<string> Unreached
);

/// <summary>A moment in a ranking's life.</summary>
/// <param name="Activation">The grain's activation: another one means that the reader starts from the present state.</param>
/// <param name="Sequence">Rises with each change.</param>
[GenerateSerializer, Immutable, Alias("ranking-version")]
public readonly record struct RankingVersion([property: Id(0)] Guid Activation, [property: Id(1)] long Sequence);

/// <summary>What has changed in a ranking.</summary>
/// <param name="Risks">The newest state of each country that changed; may be empty.</param>
/// <param name="Version">Where to go on.</param>
[GenerateSerializer, Immutable, Alias("ranking-changes")]
public sealed record RankingChanges([property: Id(0)] IReadOnlyList<V1.CountryRisk> Risks, [property: Id(1)] RankingVersion Version);
