using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Board.Language;

/// <summary>
/// A language of the pages: its words, and how it writes figures and dates. The suite runs without the machine's cultures, so that it
/// writes the same everywhere; what a language needs is stated here. Immutable.
/// </summary>
internal sealed class Locale
{
    private const string Cookie = "lang";
    private static readonly AsyncLocal<Locale?> s_current = new();
    private readonly Func<int, bool> _isOne;

    private Locale(string code, string words, CultureInfo format, Func<int, bool> isOne)
    {
        (Code, Format, _isOne) = (code, format, isOne);
        Words = File(words);
    }

    /// <summary>Gets the language in which the words are written first.</summary>
    public static Locale English { get; } = new("en", "Words", CultureInfo.InvariantCulture, count => count == 1);

    /// <summary>Gets French, as the United Nations write it.</summary>
    public static Locale French { get; } =
        new("fr", "Words.fr", Written("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."), count => count < 2)
        {
            Countries = File("Countries.fr"),
        };

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<Locale> All { get; } = [English, French];

    /// <summary>Gets or sets the language of whoever asks: it flows with a request, and with the socket of a page.</summary>
    public static Locale Current
    {
        get => s_current.Value ?? English;
        set => s_current.Value = value;
    }

    /// <summary>Gets its ISO 639-1 code.</summary>
    public string Code { get; }

    /// <summary>Gets its words.</summary>
    public ResourceManager Words { get; }

    /// <summary>Gets its names of countries, by their codes; <see langword="null"/> where they are the catalogue's own.</summary>
    public ResourceManager? Countries { get; private init; }

    /// <summary>Gets how it writes figures and dates.</summary>
    public CultureInfo Format { get; }

    /// <summary>Whether so many are said in the singular.</summary>
    public bool IsOne(int count) => _isOne(count);

    /// <summary>The language that somebody has chosen; without a choice the first that their browser asks for and that there is.</summary>
    public static Locale Of(HttpRequest request)
    {
        var asked = request
            .GetTypedHeaders()
            .AcceptLanguage.Where(one => one.Quality is not 0)
            .OrderByDescending(one => one.Quality ?? 1)
            .Select(one => one.Value.ToString().Split('-')[0]);
        return asked
            .Prepend(request.Cookies[Cookie] ?? "")
            .Select(code => All.FirstOrDefault(one => one.Code.Equals(code, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(one => one is not null)
            ?? English;
    }

    /// <summary>Keeps a choice in the browser.</summary>
    public void Choose(HttpResponse response) =>
        response.Cookies.Append(
            Cookie,
            Code,
            new()
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            }
        );

    private static ResourceManager File(string name) => new($"EarlyWarning.Board.Language.{name}", typeof(Locale).Assembly);

    private static CultureInfo Written(string months)
    {
        var format = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        string[] names = [.. months.Split(' '), ""];
        format.NumberFormat.NumberDecimalSeparator = ",";
        (format.DateTimeFormat.AbbreviatedMonthNames, format.DateTimeFormat.AbbreviatedMonthGenitiveNames) = (names, names);
        return CultureInfo.ReadOnly(format);
    }
}
