using System.Collections.Immutable;

namespace EarlyWarning.Contracts.Countries;

/// <summary>A country that the suite knows.</summary>
/// <param name="Code">The ISO 3166-1 alpha-3 code; XKX for Kosovo; for a former State the withdrawn code, or one of our own.</param>
/// <param name="Name">The English short name.</param>
/// <param name="CowNumber">The number in the Correlates of War list of States; 0 where it has none. A former State may share it with the one that continues it.</param>
/// <param name="Successors">
/// For a State that no longer exists, the codes of those that stand in its place, by code: by territory, as ISO 3166-3 does it, which says
/// nothing of succession in law. One of them may be a former State itself. Empty for a State that exists.
/// </param>
public sealed record CountryInfo(string Code, string Name, int CowNumber, ImmutableArray<string> Successors)
{
    /// <summary>Gets a value indicating whether the State no longer exists, and is kept because history speaks of it.</summary>
    public bool Former => !Successors.IsEmpty;
}
