using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>Finds the country that a cell means, among those that the suite knows.</summary>
internal sealed class CountryKeys(Mapping.CountryMapping mapping, IReadOnlyCollection<Country> countries)
{
    private readonly Dictionary<string, string> _byCode = countries.ToDictionary(country => country.Code, country => country.Code, StringComparer.OrdinalIgnoreCase);

    private readonly ILookup<int, string> _byCow = countries.Where(country => country.CowNumber > 0).ToLookup(country => country.CowNumber, country => country.Code);

    /// <summary>Finds the country that a cell means at a time.</summary>
    public string Find(string cell, string column, Timestamp observedAt)
    {
        var key = cell.Trim();
        if (mapping.Formerly.Count > 0 && mapping.Formerly.Find(former => former.Code == key && observedAt.ToDateTime().Year <= former.Until) is { } then)
        {
            return _byCode.TryGetValue(then.Country, out var former)
                ? former
                : throw Unknown(column, $"the mapping's country.formerly says '{then.Country}' for '{key}', which is not a country that the suite knows");
        }

        if (mapping.Map.TryGetValue(key, out var named))
        {
            return _byCode.TryGetValue(named, out var mapped)
                ? mapped
                : throw Unknown(column, $"the mapping's country.map says '{named}' for '{key}', which is not a country that the suite knows");
        }

        if (mapping.Code == "cow")
        {
            string[] meant = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? [.. _byCow[number]] : [];
            return meant switch
            {
                [var only] => only,
                [] => throw Unknown(column, $"'{key}' is not the Correlates of War number of a country that the suite knows"),

                // A State and those that it continues share a number, and only the file's author knows which is meant.
                _ => throw Unknown(column, $"'{key}' is the Correlates of War number of {string.Join(" and ", meant)}, so it must be named"),
            };
        }

        return _byCode.TryGetValue(key, out var known)
            ? known
            : throw Unknown(column, $"'{key}' is not the ISO 3166-1 alpha-3 code of a country that the suite knows");
    }

    private static RowException Unknown(string column, string what)
        => new(column, Rejection.UnknownCountry, $"{what}. `ew countries` lists them; country.map in a mapping file can name it.");
}
