using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace EarlyWarning.Contracts.Countries;

/// <summary>
/// The countries that a suite knows: the world's, or, in an exercise, fictional ones alone, so that nothing invented is ever said of a real one.
/// Immutable.
/// </summary>
public sealed class Countries
{
    private static readonly Countries s_world = new(CountryTable.Read());
    private static readonly Countries s_exercise = new(Fictional());

    private readonly FrozenDictionary<string, CountryInfo> _byCode;
    private readonly FrozenDictionary<int, CountryInfo> _byCowNumber;

    private Countries(IEnumerable<CountryInfo> countries)
    {
        List = [.. countries.OrderBy(country => country.Code, StringComparer.Ordinal)];
        _byCode = List.ToFrozenDictionary(country => country.Code, StringComparer.Ordinal);

        // A former State may share its number with the one that continues it, which then is meant.
        _byCowNumber = List.Where(country => country.CowNumber != 0)
            .OrderBy(country => country.Former)
            .DistinctBy(country => country.CowNumber)
            .ToFrozenDictionary(country => country.CowNumber);
    }

    /// <summary>Gets every country that exists or existed, by code; without the fictional ones.</summary>
    public static IReadOnlyList<CountryInfo> All => s_world.List;

    /// <summary>Gets these countries by code.</summary>
    public IReadOnlyList<CountryInfo> List { get; }

    /// <summary>Gets the countries of a suite: the fictional ones in an exercise, the world's otherwise.</summary>
    public static Countries For(bool exercise) => exercise ? s_exercise : s_world;

    /// <summary>Finds a country by its code.</summary>
    public bool TryGet(string code, [NotNullWhen(true)] out CountryInfo? country) => _byCode.TryGetValue(code, out country);

    /// <summary>Finds a country by its Correlates of War number; the present one where a former one had the same.</summary>
    public bool TryGetByCowNumber(int number, [NotNullWhen(true)] out CountryInfo? country) => _byCowNumber.TryGetValue(number, out country);

    /// <summary>Gets the number that means this country and no other; 0 where it has none, or where a number is meant for the State that continues it.</summary>
    public int OwnCowNumber(CountryInfo country)
        => TryGetByCowNumber(country.CowNumber, out var meant) && meant.Code == country.Code ? country.CowNumber : 0;

    private static IEnumerable<CountryInfo> Fictional()
    {
        for (var second = 'A'; second <= 'Z'; second++)
        {
            for (var third = 'A'; third <= 'Z'; third++)
            {
                var code = $"X{second}{third}";
                if (code != "XKX")
                {
                    yield return new(code, $"Exercise State {second}{third}", 0, []);
                }
            }
        }
    }
}
