using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace EarlyWarning.Catalogue.States;

/// <summary>
/// The countries that a suite knows: the world's, or, in an exercise, fictional ones alone, so that nothing invented is ever said of a real
/// one. Immutable.
/// </summary>
public sealed class Countries
{
    private static readonly Countries s_world = new(CountryTable.Read());
    private static readonly Countries s_exercise = new(Fictional());

    private readonly FrozenDictionary<string, CountryInfo> _byCode;

    private Countries(IEnumerable<CountryInfo> countries)
    {
        List = [.. countries.OrderBy(country => country.Code, StringComparer.Ordinal)];
        _byCode = List.ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);
    }

    /// <summary>Gets these countries by code: every one that exists or existed, or the fictional ones.</summary>
    public IReadOnlyList<CountryInfo> List { get; }

    /// <summary>Gets the countries of a suite: the fictional ones in an exercise, the world's otherwise.</summary>
    public static Countries For(bool exercise) => exercise ? s_exercise : s_world;

    /// <summary>Finds a country by its code.</summary>
    public bool TryGet(string code, [NotNullWhen(true)] out CountryInfo? country) => _byCode.TryGetValue(code, out country);

    /// <summary>
    /// Gets the States that stood in a year where a country that was none then stands at other times: the successors of one that had ended,
    /// what one that had not begun was a part of. Empty where the table has none, as for what was a colony.
    /// </summary>
    public IReadOnlyList<CountryInfo> InPlaceOf(CountryInfo country, int year)
    {
        ArgumentNullException.ThrowIfNull(country);
        var found = new SortedDictionary<string, CountryInfo>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { country.Code };
        var ended = !country.Years.IsEmpty && year > country.Years[^1].Last;
        Follow(country);
        return [.. found.Values];

        void Follow(CountryInfo from)
        {
            foreach (var code in ended ? from.Successors : from.Predecessors)
            {
                if (!seen.Add(code) || !TryGet(code, out var next))
                {
                    continue;
                }

                if (next.ExistedIn(year))
                {
                    found[code] = next;
                }
                else
                {
                    Follow(next);
                }
            }
        }
    }

    private static IEnumerable<CountryInfo> Fictional()
    {
        for (var second = 'A'; second <= 'Z'; second++)
        {
            for (var third = 'A'; third <= 'Z'; third++)
            {
                var code = $"X{second}{third}";
                if (code != "XKX")
                {
                    yield return new(code, $"Exercise State {second}{third}", [], [], [], []);
                }
            }
        }
    }
}
