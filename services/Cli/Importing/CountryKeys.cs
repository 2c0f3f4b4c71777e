using System.Globalization;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// Finds the country that a cell means at the time of its row, among those that the suite knows. What means none then, or more than one, is
/// refused with what may have been meant.
/// </summary>
internal sealed class CountryKeys(Mapping.CountryMapping mapping, IEnumerable<Country> countries)
{
    /// <summary>The values of <c>country.code</c> in a mapping file.</summary>
    public static readonly IReadOnlyDictionary<string, CodeSystem> Systems = new Dictionary<string, CodeSystem>
    {
        ["iso3"] = CodeSystem.Unspecified,
        ["alpha3"] = CodeSystem.Unspecified,
        ["iso2"] = CodeSystem.Alpha2,
        ["alpha2"] = CodeSystem.Alpha2,
        ["m49"] = CodeSystem.M49,
        ["cow"] = CodeSystem.Cow,
        ["gw"] = CodeSystem.GleditschWard,
        ["name"] = CodeSystem.Name,
    };

    /// <summary>
    /// Gets a value indicating whether a key that means one country at all means it in every year, as in a table that nothing is recorded
    /// of: data of analyses go on under one code, whatever stood there.
    /// </summary>
    public bool InAnyYear { get; init; }

    private readonly CountryIndex _index = new(countries);
    private readonly CodeSystem _system = Systems[mapping.Code];

    /// <summary>Finds the country that a cell means at a time.</summary>
    public string Find(string cell, string column, Timestamp observedAt)
    {
        var key = cell.Trim();
        var year = observedAt.ToDateTime().Year;
        if (mapping.Formerly.Find(former => former.Code == key && year <= former.Until) is { } then)
        {
            return Named(then.Country, $"the mapping's country.formerly says '{then.Country}' for '{key}', which is", column);
        }

        if (mapping.Map.TryGetValue(key, out var named))
        {
            return Named(named, $"the mapping's country.map says '{named}' for '{key}', which is", column);
        }

        if (_system == CodeSystem.Unspecified)
        {
            return _index.OfCode(key) is not { } country ? throw Unknown(key, year, column)
                : InAnyYear || CountryIndex.Existed(country, year) ? country.Code
                : throw OutsideYears(key, [country], year, column);
        }

        return _index.In(_system, key, year) switch
        {
            [var only] => only.Code,
            [] => _index.Ever(_system, key).ToList() is not { Count: > 0 } ever ? throw Unknown(key, year, column)
            : InAnyYear && ever is [var one] ? one.Code
            : throw OutsideYears(key, ever, year, column),
            { } several => throw new RowException(
                column,
                Rejection.UnknownCountry,
                $"'{key}' means {Listed(several)} in {Text(year)}. Say in country.map of a mapping file which is meant."
            ),
        };
    }

    private string Named(string code, string whose, string column) =>
        _index.OfCode(code)?.Code
        ?? throw new RowException(
            column,
            Rejection.UnknownCountry,
            $"{whose} not a country that the suite knows. `ew countries` lists them."
        );

    private RowException Unknown(string key, int year, string column)
    {
        var meant = _system is CodeSystem.Name or CodeSystem.Unspecified
            ? _index.In(CodeSystem.Name, key, year).Concat(_index.Like(key)).DistinctBy(one => one.Code).Take(3).ToList()
            : [];
        var hint = meant.Count > 0 ? $" Is it {Listed(meant)}?" : Elsewhere(key, year);
        return new(
            column,
            Rejection.UnknownCountry,
            $"'{key}' is not {Whose()} of a country that the suite knows.{hint} `ew countries` lists them; country.map in a mapping file "
                + $"can name it."
        );
    }

    private RowException OutsideYears(string key, IReadOnlyList<Country> ever, int year, string column)
    {
        var instead = ever.SelectMany(country => country.Successors.Concat(country.Predecessors))
            .Distinct()
            .Select(_index.OfCode)
            .OfType<Country>()
            .Where(country => CountryIndex.Existed(country, year))
            .ToList();
        var hint =
            Elsewhere(key, year) is { Length: > 0 } elsewhere ? elsewhere
            : instead.Count > 0 ? $" In {Text(year)} there was {Listed(instead)}."
            : "";
        return new(
            column,
            Rejection.OutsideStateYears,
            $"'{key}' is {Whose()} of {string.Join(" and ", ever.Select(Lasting))}, and of no State in {Text(year)}.{hint} country.map "
                + $"in a mapping file can name another."
        );
    }

    // Files by one list's numbers are often read as the other's.
    private string Elsewhere(string key, int year) =>
        _system switch
        {
            CodeSystem.Cow when _index.In(CodeSystem.GleditschWard, key, year) is [var one] =>
                $" By Gleditsch and Ward it is {Words(one)}: then say `code: gw`.",
            CodeSystem.GleditschWard when _index.In(CodeSystem.Cow, key, year) is [var one] =>
                $" By the Correlates of War it is {Words(one)}: then say `code: cow`.",
            _ => "",
        };

    private string Whose() =>
        _system switch
        {
            CodeSystem.Alpha2 => "the ISO 3166-1 alpha-2 code",
            CodeSystem.M49 => "the M49 number",
            CodeSystem.Cow => "the Correlates of War number",
            CodeSystem.GleditschWard => "the Gleditsch-Ward number",
            CodeSystem.Name => "the name",
            _ => "the ISO 3166-1 alpha-3 code",
        };

    private static string Lasting(Country country) => $"{Words(country)}, a State {string.Join(" and ", country.Years.Select(Span))}";

    private static string Span(YearSpan span) =>
        (span.HasFirstYear, span.HasLastYear) switch
        {
            (false, _) => $"until {Text(span.LastYear)}",
            (_, false) => $"from {Text(span.FirstYear)} on",
            _ => $"from {Text(span.FirstYear)} to {Text(span.LastYear)}",
        };

    private static string Listed(IReadOnlyCollection<Country> countries) => string.Join(" or ", countries.Select(Words));

    private static string Words(Country country) => $"{country.DisplayName} ({country.Code})";

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}
