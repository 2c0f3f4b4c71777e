using System.Collections.Immutable;

namespace EarlyWarning.Catalogue.States;

/// <summary>A country that the suite knows. Immutable.</summary>
/// <param name="Code">The ISO 3166-1 alpha-3 code; XKX for Kosovo; for a former State the withdrawn code, or one of our own.</param>
/// <param name="Name">The English short name.</param>
/// <param name="Codes">What else it is called: other codes, and other names.</param>
/// <param name="Years">When it was a State, earliest first; empty where nothing bounds it: a territory, and a State older than the
/// lists.</param>
/// <param name="Successors">
/// For a State that no longer exists, the codes of those that stand in its place, by code: by territory, as ISO 3166-3 does it, which says
/// nothing of succession in law. One of them may be a former State itself. Empty for a State that exists.
/// </param>
/// <param name="Predecessors">The codes of the States in whose place it stands, or that it parted from, by code.</param>
public sealed record CountryInfo(
    string Code,
    string Name,
    ImmutableArray<CountryCode> Codes,
    ImmutableArray<YearSpan> Years,
    ImmutableArray<string> Successors,
    ImmutableArray<string> Predecessors
)
{
    /// <summary>Gets a value indicating whether the State no longer exists, and is kept because history speaks of it.</summary>
    public bool Former => !Successors.IsEmpty;

    /// <summary>Whether something observed in a year may be said of it: it was a State then, or nothing bounds it.</summary>
    public bool ExistedIn(int year)
    {
        foreach (var span in Years)
        {
            if (span.Contains(year))
            {
                return true;
            }
        }

        return Years.IsEmpty;
    }
}

/// <summary>Another code or name of a country.</summary>
/// <param name="System">Whose code it is.</param>
/// <param name="Value">The code or name.</param>
/// <param name="Years">When it means the country, of the years in which there was the country.</param>
public sealed record CountryCode(V1.CodeSystem System, string Value, YearSpan Years);
