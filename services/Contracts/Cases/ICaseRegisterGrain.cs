using EarlyWarning.Contracts.Breaches;

namespace EarlyWarning.Contracts.Cases;

/// <summary>All cases: what breaches ask of people, and what people did. Reads only. Key: 0.</summary>
public interface ICaseRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a case by name, with its newest 1,000 entries and breaches, or <see langword="null"/>.</summary>
    Task<V1.Case?> GetAsync(string name);

    /// <summary>Gets the case that a breach belongs to, likewise, or <see langword="null"/>.</summary>
    /// <param name="breach">The breach's name.</param>
    Task<V1.Case?> OfBreachAsync(string breach);

    /// <summary>Lists cases: open ones, newest first; then closed ones, the last closed first.</summary>
    /// <param name="filter">What is kept; an empty field keeps all.</param>
    /// <param name="after">The last case of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="take">The most to list.</param>
    Task<CasePage> ListAsync(V1.ListCasesRequest filter, CaseKey? after, int take);

    /// <summary>
    /// Gets changes after a position, oldest first; waits up to some seconds where there is none. <see cref="RegisterChanges{T}.Expired"/> where
    /// the position is older than what is kept. Of each the case as it stands, with the entries that the change added.
    /// </summary>
    Task<RegisterChanges<V1.Case>> ChangesAfterAsync(long position, int take);
}

/// <summary>A page of cases.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many the filter keeps on all pages.</param>
/// <param name="Position">The position of the newest change when the list began.</param>
[GenerateSerializer, Immutable, Alias("case-page")]
public sealed record CasePage([property: Id(0)] IReadOnlyList<V1.Case> Items, [property: Id(1)] long Total, [property: Id(2)] long Position);

/// <summary>A case's place in a listing.</summary>
/// <param name="Closed">Whether it is among the closed ones.</param>
/// <param name="Time">When it was opened, or closed where it is, in ticks.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable, Alias("case-key")]
public sealed record CaseKey([property: Id(0)] bool Closed, [property: Id(1)] long Time, [property: Id(2)] string Name)
{
    /// <summary>The place of a case.</summary>
    public static CaseKey Of(V1.Case listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return new(listed.CloseTime is not null, (listed.CloseTime ?? listed.OpenTime).ToDateTimeOffset().UtcTicks, listed.Name);
    }
}
