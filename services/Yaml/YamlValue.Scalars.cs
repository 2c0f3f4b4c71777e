using System.Globalization;

namespace EarlyWarning.Yaml;

/// <content>Numbers, choices, times and what else is one text.</content>
public sealed partial class YamlValue
{
    /// <summary>Reads a finite number; <see langword="null"/> and a fault where it is none.</summary>
    public double? Number() =>
        Parsed("is no number. Write it with a point, such as 12.5.", (string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
        );

    /// <summary>Reads a whole number; <see langword="null"/> and a fault where it is none, or beyond the type's range.</summary>
    public long? Whole(long least = long.MinValue, long most = long.MaxValue) =>
        Parsed("is no whole number here.", (string text, out long number) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number >= least
            && number <= most
        );

    /// <summary>Reads true or false; <see langword="null"/> and a fault where it is neither.</summary>
    public bool? Flag() =>
        Parsed("is neither true nor false.", static (string text, out bool flag) => (flag = text == "true") || text == "false");

    /// <summary>Reads a span of time; <see langword="null"/> and a fault where it is none.</summary>
    public TimeSpan? Span() =>
        Parsed($"is no span of time. {Spans.Form}", static (string text, out TimeSpan span) => Spans.TryParse(text, out span));

    /// <summary>Reads a moment, a date for its beginning in UTC; <see langword="null"/> and a fault where it is none.</summary>
    public DateTimeOffset? Moment() =>
        Parsed($"is no time. {Moments.Form}", static (string text, out DateTimeOffset moment) => Moments.TryParse(text, out moment));

    /// <summary>Reads one of some words; the default, and a fault, where it is none of them.</summary>
    /// <param name="words">The words with what they stand for, in the order in which they are offered.</param>
    /// <param name="what">What they are, for the fault; <see langword="null"/> for what the key says.</param>
    public T? Word<T>(IReadOnlyDictionary<string, T> words, string? what = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Text() is not { } text)
        {
            return default;
        }

        if (words.TryGetValue(text, out var value) || words.TryGetValue(KnownWords.Hyphened(text), out value))
        {
            return value;
        }

        string[] known = [.. words.Keys];
        var nearest = KnownWords.Nearest(text, known) is { } word ? $" Did you mean '{word}'?" : "";
        Fault(
            $"'{Shown(text)}' is not known as {what ?? Place.Path[(Place.Path.LastIndexOf('.') + 1)..]}.{nearest} Write "
                + $"{KnownWords.Choice(known)}."
        );
        return default;
    }

    // What is long is quoted in part: it may be anything.
    private static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private T? Parsed<T>(string fault, Parser<T> parser)
        where T : struct
    {
        if (Text() is not { } text)
        {
            return null;
        }

        if (parser(text, out var value))
        {
            return value;
        }

        Fault($"'{Shown(text)}' {fault}");
        return null;
    }

    private delegate bool Parser<T>(string text, out T value);
}
