using System.Globalization;
using System.Text;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// What the codes and names of countries mean in a year, by the suite's own list. In the year of a change a code means the later State, as
/// in the lists of States by year.
/// </summary>
internal sealed class CountryIndex
{
    // A program without the tables of a culture does not take accents off by itself.
    private const string Accented = "àáâãäåāăąçćčďđèéêëēęěğìíîïīįıłñńňòóôõöøōőřśşšșťţțùúûüūůűýÿźżž";
    private const string Unaccented = "aaaaaaaaacccddeeeeeeegiiiiiiilnnnoooooooorsssstttuuuuuuuyyzzz";

    private readonly Dictionary<(CodeSystem System, string Value), List<Meaning>> _meanings = [];
    private readonly Dictionary<string, Country> _byCode = new(StringComparer.OrdinalIgnoreCase);

    public CountryIndex(IEnumerable<Country> countries)
    {
        foreach (var country in countries)
        {
            _byCode[country.Code] = country;
            Add(country, CodeSystem.Name, country.DisplayName, null);
            foreach (var code in country.Codes)
            {
                Add(country, code.System, code.Value, code.Years);
            }
        }
    }

    /// <summary>The country of an alpha-3 code, in capitals or not.</summary>
    public Country? OfCode(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The countries that a code or name means in any year.</summary>
    public IEnumerable<Country> Ever(CodeSystem system, string text) =>
        Meanings(system, text).Select(meaning => meaning.Country).Distinct();

    /// <summary>The countries that a code or name means in a year: one, none, or several where it does not say which.</summary>
    public IReadOnlyList<Country> In(CodeSystem system, string text, int year)
    {
        var then = Meanings(system, text)
            .Where(meaning => meaning.Years is null || Holds(meaning.Years, year))
            .Select(meaning => (meaning.Country, Span: SpanOf(meaning.Country, year)))
            .Where(meaning => meaning.Span is not null)
            .DistinctBy(meaning => meaning.Country.Code)
            .ToList();
        var begins = then.Any(meaning => meaning.Span!.HasFirstYear && meaning.Span.FirstYear == year);
        return
        [
            .. then.Where(meaning => !begins || !meaning.Span!.HasLastYear || meaning.Span.LastYear != year)
                .Select(meaning => meaning.Country),
        ];
    }

    /// <summary>Whether it was a State in a year, or nothing bounds it.</summary>
    public static bool Existed(Country country, int year) => SpanOf(country, year) is not null;

    /// <summary>Names that hold the text, or that it holds, with their codes: what may have been meant.</summary>
    public IEnumerable<Country> Like(string name)
    {
        var plain = Plain(name);
        return plain.Length < 4
            ? []
            : _meanings
                .Where(pair =>
                    pair.Key.System == CodeSystem.Name
                    && pair.Key.Value.Length >= 4
                    && (
                        pair.Key.Value.Contains(plain, StringComparison.Ordinal) || plain.Contains(pair.Key.Value, StringComparison.Ordinal)
                    )
                )
                .SelectMany(pair => pair.Value)
                .Select(meaning => meaning.Country)
                .DistinctBy(country => country.Code)
                .OrderBy(country => country.Code, StringComparer.Ordinal);
    }

    private static YearSpan? SpanOf(Country country, int year) =>
        country.Years.Count == 0 ? new() : country.Years.FirstOrDefault(span => Holds(span, year));

    private static bool Holds(YearSpan span, int year) =>
        (!span.HasFirstYear || year >= span.FirstYear) && (!span.HasLastYear || year <= span.LastYear);

    private List<Meaning> Meanings(CodeSystem system, string text) => _meanings.GetValueOrDefault((system, Form(system, text)), []);

    private void Add(Country country, CodeSystem system, string text, YearSpan? years)
    {
        var key = (system, Form(system, text));
        if (!_meanings.TryGetValue(key, out var list))
        {
            _meanings.Add(key, list = []);
        }

        list.Add(new(country, years));
    }

    // 4, 04 and 004 are one number; tables lose leading zeros.
    private static string Form(CodeSystem system, string text) =>
        system switch
        {
            CodeSystem.Name => Plain(text),
            CodeSystem.Alpha2 => text.ToUpperInvariant(),
            _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : text,
        };

    // Without accents, case, punctuation and "the"; St. is Saint and & is and.
    private static string Plain(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var c in name.Replace("&", " and ", StringComparison.Ordinal).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                letters.Append(
                    Accented.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Unaccented[at]
                    : char.IsLetterOrDigit(c) ? c
                    : ' '
                );
            }
        }

        return string.Join(
            ' ',
            letters
                .ToString()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word != "the")
                .Select(word => word == "st" ? "saint" : word)
        );
    }

    private sealed record Meaning(Country Country, YearSpan? Years);
}
